using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Changes and removes VMs.</summary>
internal sealed class VmEditor(EngineDatabase database, HostDeviceOperations devices, Journal journal)
{
    private const long Updated = 35;
    private const long Removed = 113;

    /// <summary>Changes the fields that the body has.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, a rule refuses, or a field has a wrong value.</exception>
    public Task<VmParts> UpdateAsync(string id, ApiInput input, string user, CancellationToken cancellationToken) =>
        devices.WithListingsAsync(
        id,
        (session, vm, listings) =>
        {
            VmInput.RequireNoConfiguration(input, "it cannot change one");
            var settings = vm.Settings.With(VmFields.Table.Kept(vm.Settings.Kept, input).Parts);
            var row = vm.Row with
            {
                Name = VmInput.Name(input) ?? vm.Name,
                Description = VmInput.Description(input, vm.Row.Description),
                Affinity = VmInput.Affinity(input) ?? vm.Row.Affinity,
                Memory = input.Number("memory") ?? vm.Row.Memory,
                MaxMemory = input.Number("memory_policy", "max") ?? vm.Row.MaxMemory,
                Settings = settings.Write(),
            };
            VmInput.RequireMemory(row);
            VmInput.RequireSettings(row, vm.Cluster, settings, "edit");
            if (row.Name != vm.Name)
            {
                VmInput.RequireFree(session, row.Name, "edit");
            }

            RequireMemoryChange(session, vm, row, listings);
            if (VmInput.Pins(session, input) is { } pins
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
        RequireDown(vm);
        VmInput.RequireNode(vm, node);
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
        RequireDown(vm);
        VmInput.RequireNode(vm, changed);
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
        RequireDown(vm);
        return node.Node == vm.NumaNodes.Count - 1
            ? session.Execute("DELETE FROM vm_numa_nodes WHERE vm_id = @VmId AND node = @Node", node)
            : throw ApiFaultException.Conflict(
                $"Cannot remove Virtual NUMA node. The VM has nodes behind the one with the index {node.Node}; remove these first.");
    });

    /// <summary>Refuses a VM that is not down.</summary>
    /// <exception cref="ApiFaultException">The VM is not down.</exception>
    public static void RequireDown(VmParts vm, string action = "edit", string type = "VM")
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
}
