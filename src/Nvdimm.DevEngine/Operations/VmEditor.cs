using System.Text.RegularExpressions;
using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Creates, changes and removes VMs.</summary>
internal sealed partial class VmEditor(EngineDatabase database, HostDeviceOperations devices, Journal journal)
{
    /// <summary>oVirt Engine 4.5, <c>BusinessEntitiesDefinitions.VM_DESCRIPTION_SIZE</c>.</summary>
    private const int LongestDescription = 255;

    private const long DefaultMemory = 1L << 30;
    private const long MemoryFactor = 4;
    private const long Added = 34;
    private const long Updated = 35;
    private const long Removed = 113;

    /// <summary>Creates a VM. Fields that the body lacks get the engine's defaults.</summary>
    /// <exception cref="ApiFaultException">A field is missing or has a wrong value.</exception>
    public VmParts Add(ApiInput input, string user) => database.Write(session =>
    {
        var name = Name(input) ?? throw ApiFaultException.Incomplete("Vm", "name", "add");
        var cluster = Cluster(session, input);
        RequireFree(session, name, "add");
        var memory = input.Number("memory") ?? DefaultMemory;
        var settings = VmSettings.None.With(VmFields.Table.Kept(ApiInput.Nothing, input).Parts);
        var row = new VmRow
        {
            Id = Ids.New(),
            Name = name,
            Description = input.Limited(LongestDescription, "description") ?? "",
            ClusterId = cluster.Id,
            Affinity = Affinity(input) ?? "migratable",
            Memory = memory,
            MaxMemory = input.Number("memory_policy", "max") ?? checked(Math.Min(memory, long.MaxValue / MemoryFactor) * MemoryFactor),
            Settings = settings.Write(),
            Created = journal.Now,
        };
        RequireMemory(row);
        RequireSettings(row, cluster, settings, "add");
        session.Add(row);
        session.SetPins(row.Id, Pins(session, input)?.Select(host => host.Id) ?? []);
        journal.AddEvent(session, Added, $"VM {name} was created by {user}.", row.Id);
        return session.Vm(row.Id);
    });

    /// <summary>Changes the fields that the body has.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, a rule refuses, or a field has a wrong value.</exception>
    public Task<VmParts> UpdateAsync(string id, ApiInput input, string user, CancellationToken cancellationToken) =>
        devices.WithListingsAsync(
        id,
        (session, vm, listings) =>
        {
            var settings = vm.Settings.With(VmFields.Table.Kept(vm.Settings.Kept, input).Parts);
            var row = vm.Row with
            {
                Name = Name(input) ?? vm.Name,
                Description = input.Find("description") is null
                    ? vm.Row.Description
                    : input.Limited(LongestDescription, "description") ?? "",
                Affinity = Affinity(input) ?? vm.Row.Affinity,
                Memory = input.Number("memory") ?? vm.Row.Memory,
                MaxMemory = input.Number("memory_policy", "max") ?? vm.Row.MaxMemory,
                Settings = settings.Write(),
            };
            RequireMemory(row);
            RequireSettings(row, vm.Cluster, settings, "update");
            if (row.Name != vm.Name)
            {
                RequireFree(session, row.Name, "update");
            }

            RequireMemoryChange(session, vm, row, listings);
            if (Pins(session, input) is { } pins
                && !pins.Select(host => host.Id).ToHashSet(StringComparer.Ordinal).SetEquals(vm.Pins.Select(host => host.Id)))
            {
                RequireDown(vm);
                var request = HostDeviceOperations.Request(session, vm, HostDeviceOperation.ChangePinning);
                Require(devices.Check(request with { NewPinnedHosts = pins.Select(host => host.Reference).ToValueList() }, listings));
                session.SetPins(id, pins.Select(host => host.Id));
            }

            session.Update(row);
            journal.AddEvent(session, Updated, $"VM {row.Name} configuration was updated by {user}.", id);
            return session.Vm(id);
        },
        cancellationToken);

    /// <summary>Removes a VM that is down. Its host devices keep their content.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, or is not down.</exception>
    public void Remove(string id, string user) => database.Write(session =>
    {
        var vm = session.Vm(id);
        if (vm.Settings.Kept.Flag("delete_protected") == true)
        {
            throw ApiFaultException.Conflict(
                "Cannot remove VM. Delete protection is enabled. In order to delete, disable Delete protection first.");
        }

        RequireDown(vm, "remove");
        journal.AddEvent(session, Removed, $"VM {vm.Name} was successfully removed by {user}.", id);
        return session.Execute("DELETE FROM vms WHERE id = @id", new { id });
    });

    /// <summary>Adds the next NUMA node to a VM that is down.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist or is not down, or the node's index is not the next.</exception>
    public VmParts AddNumaNode(string id, NumaNodeRow node) => database.Write(session =>
    {
        var vm = session.Vm(id);
        RequireDown(vm, "update");
        RequireNode(vm, node);
        if (node.Node != vm.NumaNodes.Count)
        {
            throw ApiFaultException.BadValue(
                $"Cannot add Virtual NUMA node. The next node of the VM has the index {vm.NumaNodes.Count}, and every node has memory.");
        }

        session.Add(node with { VmId = id });
        return session.Vm(id);
    });

    /// <summary>Changes a NUMA node of a VM that is down.</summary>
    /// <param name="id">The VM.</param>
    /// <param name="find">Finds the node.</param>
    /// <param name="change">Changes everything but the node's number.</param>
    /// <exception cref="ApiFaultException">The VM or the node does not exist, the VM is not down, or the change is not valid.</exception>
    public VmParts UpdateNumaNode(string id, Func<VmParts, NumaNodeRow> find, Func<NumaNodeRow, NumaNodeRow> change) =>
        database.Write(session =>
    {
        var vm = session.Vm(id);
        var changed = change(find(vm));
        RequireDown(vm, "update");
        RequireNode(vm, changed);
        session.Execute(
            "UPDATE vm_numa_nodes SET memory = @Memory, host_nodes = @HostNodes, cpus = @Cpus WHERE vm_id = @VmId AND node = @Node",
            changed);
        return session.Vm(id);
    });

    /// <summary>Removes the last NUMA node of a VM that is down.</summary>
    /// <param name="id">The VM.</param>
    /// <param name="find">Finds the node.</param>
    /// <exception cref="ApiFaultException">The VM or the node does not exist, the VM is not down, or other nodes follow.</exception>
    public void RemoveNumaNode(string id, Func<VmParts, NumaNodeRow> find) => database.Write(session =>
    {
        var vm = session.Vm(id);
        var node = find(vm);
        RequireDown(vm, "update");
        return node.Node == vm.NumaNodes.Count - 1
            ? session.Execute("DELETE FROM vm_numa_nodes WHERE vm_id = @VmId AND node = @Node", node)
            : throw ApiFaultException.Conflict(
                $"Cannot remove Virtual NUMA node. The VM has nodes behind the one with the index {node.Node}; remove these first.");
    });

    /// <summary>Creates a VM with the configuration and the host devices of another.</summary>
    /// <exception cref="ApiFaultException">The name is not valid, or is taken.</exception>
    public VmParts Copy(EngineSession session, string name, VmParts of, string user)
    {
        RequireName(name);
        RequireFree(session, name, "add");
        var copy = new VmRow
        {
            Id = Ids.New(),
            Name = name,
            Description = of.Row.Description,
            ClusterId = of.Row.ClusterId,
            Created = journal.Now,
        };
        var configuration = VmConfiguration.Of(of);
        session.Add(configuration.Over(copy));
        session.Configure(copy, configuration);
        foreach (var device in configuration.Devices)
        {
            session.Add(device with { VmId = copy.Id });
        }

        journal.AddFinishedJob(session, $"Cloning VM {of.Name} to {name}");
        journal.AddEvent(session, Added, $"VM {name} was created by {user}.", copy.Id);
        return session.Vm(copy.Id);
    }

    /// <summary>Refuses a VM that is not down.</summary>
    /// <exception cref="ApiFaultException">The VM is not down.</exception>
    public static void RequireDown(VmParts vm, string action = "update", string type = "VM")
    {
        if (vm.Status != VmStatus.Down)
        {
            throw ApiFaultException.Refused(
                [Finding.Error(EngineCodes.VmStatusIllegal, ("action", action), ("type", type), ("vmStatus", $"{vm.Status}"))]);
        }
    }

    /// <summary>Refuses an operation that a rule refuses.</summary>
    /// <exception cref="ApiFaultException">A rule refuses.</exception>
    public static void Require(PolicyResult result)
    {
        if (!result.IsAllowed)
        {
            throw ApiFaultException.Refused(result.Findings);
        }
    }

    private static string? Name(ApiInput input) => input.Text("name") is not { } name ? null : RequireName(name);

    private static string RequireName(string name) => NamePattern().IsMatch(name)
        ? name
        : throw ApiFaultException.BadValue("The name of a VM has up to 255 letters, digits, '.', '_' or '-'.");

    private static string? Affinity(ApiInput input) => input.Text("placement_policy", "affinity") is not { } affinity
        ? null
        : StatusWords.IsAffinity(affinity)
            ? affinity
            : throw ApiFaultException.BadValue($"'{affinity}' is no affinity: one of migratable, user_migratable, pinned.");

    /// <summary>
    /// The hosts of the placement policy. A policy without hosts ends the pinning (oVirt Engine 4.5, <c>VmBaseMapper</c>).
    /// </summary>
    private static List<HostRow>? Pins(EngineSession session, ApiInput input)
    {
        if (input.Find("placement_policy") is not { } placement)
        {
            return null;
        }

        if (placement.Find("hosts") is not { } hosts)
        {
            return [];
        }

        var allHosts = session.Hosts(Slice.All);
        return
        [
            .. hosts.Parts.Where(part => part.Name == "host").Select(part =>
                allHosts.FirstOrDefault(host => part.Text("id") is { } id ? host.Id == id : host.Name == part.Text("name"))
                    ?? throw ApiFaultException.NotFound("host", part.Text("id") ?? part.Text("name") ?? "without id and name")).Distinct(),
        ];
    }

    private static ClusterRow Cluster(EngineSession session, ApiInput input)
    {
        var (id, name) = (input.Text("cluster", "id"), input.Text("cluster", "name"));
        return id is null && name is null
            ? throw ApiFaultException.Incomplete("Vm", "cluster.id|name", "add")
            : session.Clusters(Slice.All).FirstOrDefault(cluster => id is null ? cluster.Name == name : cluster.Id == id)
                ?? throw ApiFaultException.NotFound("cluster", id ?? name!);
    }

    private static void RequireFree(EngineSession session, string name, string action)
    {
        if (session.IsVmName(name))
        {
            throw ApiFaultException.Conflict(
                $"Cannot {action} VM. The VM name is already in use, please choose a unique name and try again.");
        }
    }

    private static void RequireMemory(VmRow vm)
    {
        const long MiB = 1 << 20;
        if (vm.Memory < MiB || vm.Memory % MiB != 0 || vm.MaxMemory < vm.Memory || vm.MaxMemory % MiB != 0)
        {
            throw ApiFaultException.BadValue("The memory of a VM and its maximum are whole MiB, and the maximum is not smaller.");
        }
    }

    /// <summary>
    /// Checks CPUs and memory as oVirt Engine 4.5, <c>VmHandler.validateCpuAndMemory</c>; the limits are those of cluster version 4.7.
    /// </summary>
    private static void RequireSettings(VmRow vm, ClusterRow cluster, VmSettings settings, string action)
    {
        const int MostCpusOfX86 = 710;
        const int MostCpus = 384;
        if (settings.Kept.Number("memory_policy", "guaranteed") > vm.Memory)
        {
            throw ApiFaultException.BadValue($"Cannot {action} VM. Physical Memory Guaranteed cannot exceed Memory Size.");
        }

        if (settings.Cpus is < 1 or > MostCpusOfX86 || settings.Cpus > (cluster.Architecture == "x86_64" ? MostCpusOfX86 : MostCpus))
        {
            throw ApiFaultException.BadValue($"Cannot {action} VM. Maximum number of CPUs exceeded.");
        }
    }

    private static void RequireNode(VmParts vm, NumaNodeRow node)
    {
        if (node.Memory == 0)
        {
            throw ApiFaultException.BadValue("Every Virtual NUMA node has memory.");
        }

        if (vm.NumaNodes.Where(other => other.Node != node.Node).SelectMany(other => other.CpuIds).Intersect(node.CpuIds).Any())
        {
            throw ApiFaultException.BadValue("Each vCPU belongs to one Virtual NUMA node at most.");
        }
    }

    /// <summary>
    /// Checks a change of memory. More memory for a running VM is a hot plug, which the rules check; if they allow it, it is still refused,
    /// because this engine does not serve it.
    /// </summary>
    private void RequireMemoryChange(EngineSession session, VmParts vm, VmRow row, HostListings listings)
    {
        if (vm.Status != VmStatus.Down && (row.Memory != vm.Row.Memory || row.MaxMemory != vm.Row.MaxMemory))
        {
            Require(devices.Check(HostDeviceOperations.Request(session, vm, HostDeviceOperation.MemoryHotPlug), listings));
            throw ApiFaultException.Conflict(
                "Cannot hot set memory VM. This development engine changes the memory of a VM only while it is down.");
        }
    }

    [GeneratedRegex(@"\A[\p{L}\p{Nd}._-]{1,255}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
