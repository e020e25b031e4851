using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>
/// Imports VMs from their OVF (oVirt Engine 4.5, <c>BackendVmsResource.importVmFromConfiguration</c>,
/// <c>ImportVmFromConfigurationCommand</c>). Hosts that do not exist in the cluster end the pinning
/// (<c>ImportVmCommandBase.addVmStatic</c>). The host devices stay if the VM is pinned to one host, else they are dropped
/// (<c>VmDeviceUtils.addImportedOtherDevices</c>). The engine does not ask whether another VM has them; the rules do.
/// </summary>
internal sealed class ImportOperations(HostDeviceOperations devices, VmCreation creation, Journal journal)
{
    private const long Imported = 1152;

    /// <summary>Imports a VM. Fields of the body replace those of the OVF.</summary>
    /// <exception cref="ApiFaultException">The OVF cannot be read or kept, its VM exists, or a rule refuses.</exception>
    public Task<VmParts> AddAsync(ApiInput input, CancellationToken cancellationToken)
    {
        var ovf = Ovf(input);
        var body = input.Without("initialization");
        VmInput.RequireNoDisks(body);
        if (body.Find("snapshots") is not null)
        {
            throw ApiFaultException.BadValue("With a configuration the field 'snapshots' cannot be sent; a VM has one source.");
        }

        var isNew = input.Flag("initialization", "regenerate_ids") ?? false;
        return devices.AddAsync(
            (session, listings) => Plan(session, listings, body, ovf, isNew),
            (session, plan) =>
            {
                var vm = creation.Save(session, plan);
                journal.AddFinishedJob(session, $"Importing VM {vm.Name} from configuration to Cluster {vm.Cluster.Name}");
                journal.AddEvent(
                    session, Imported, $"Vm {vm.Name} was imported successfully to Data Center Default, Cluster {vm.Cluster.Name}", vm.Id);
                return vm;
            },
            cancellationToken);
    }

    /// <summary>
    /// The OVF of a body. The API's other form, OVA, is that of a file with disks. The engine ignores what else is in
    /// <c>initialization</c>; here it is refused.
    /// </summary>
    private static OvfConfiguration Ovf(ApiInput input)
    {
        var sent = input.Parts.Where(part => part.Name == "initialization").ToList();
        if (sent.Count > 1 || sent.Any(part => part.Parts.Count(inner => inner.Name == "configuration") > 1)
            || input.Find("initialization", "configuration") is not { Parts: var parts }
            || parts.Any(part => part.Name is not ("type" or "data")) || parts.Count > 2)
        {
            throw ApiFaultException.BadValue("A VM is imported of one 'initialization.configuration', with 'type' and 'data'.");
        }

        var (data, type) = (input.Text("initialization", "configuration", "data"), input.Text("initialization", "configuration", "type"));
        if (data is null || type is null)
        {
            throw ApiFaultException.Incomplete("Vm", "initialization.configuration.type, initialization.configuration.data", "add");
        }

        if (!string.Equals(type, "ovf", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiFaultException.BadValue($"This development engine imports configurations of the type ovf, not of '{type}'.");
        }

        var others = input.Find("initialization")!.Parts.Where(part => part.Name is not ("configuration" or "regenerate_ids"));
        return others.FirstOrDefault() is { } other
            ? throw ApiFaultException.BadValue(
                $"With a configuration the field 'initialization.{other.Name}' cannot be sent; the configuration has it.")
            : OvfConfiguration.Read(data);
    }

    private VmPlan Plan(EngineSession session, HostListings listings, ApiInput body, OvfConfiguration ovf, bool isNew)
    {
        var cluster = VmInput.RequireCluster(session, body);
        var id = isNew ? Ids.New() : ovf.Id;
        if (session.Templates([id]) is [var template])
        {
            throw ApiFaultException.Conflict($"Import VM failed - the id of the VM is that of the template {template.Name}");
        }

        if (session.IsVm(id))
        {
            throw ApiFaultException.Conflict(
                "Import VM failed - VM ID already exists in the system. "
                + $"Please remove the VM ({session.Vm(id).Name}) from the system first");
        }

        var name = VmInput.Name(body) ?? VmInput.Name(ovf.Vm) ?? throw OvfConfiguration.Unreadable("the VM has no name");
        if (session.IsVmName(name))
        {
            throw ApiFaultException.Conflict(
                "Import VM failed - VM Name already exists in the Data Center. Please rename the VM in the Data Center first");
        }

        if (ovf.Architecture != cluster.Architecture)
        {
            throw ApiFaultException.Conflict("Cannot import VM. The selected cluster doesn't support VM architecture");
        }

        var vm = ovf.Vm.Without("placement_policy");
        var settings = VmSettings.None.With(VmFields.Table.Kept(VmFields.Table.Kept(ApiInput.Nothing, vm), body).Parts);
        var memory = body.Number("memory") ?? vm.Number("memory") ?? throw OvfConfiguration.Unreadable("the VM has no memory");
        var pins = Pins(session, body, ovf, cluster);
        var row = new VmRow
        {
            Id = id,
            Name = name,
            Description = VmInput.Description(body.Find("description") is null ? vm : body),
            ClusterId = cluster.Id,
        };
        var configuration = new VmConfiguration
        {
            Affinity = VmInput.Affinity(body) ?? VmInput.Affinity(ovf.Vm) ?? "migratable",
            Memory = memory,
            MaxMemory = body.Number("memory_policy", "max") ?? vm.Number("memory_policy", "max") ?? memory,
            Settings = settings.Write(),
            Pins = [.. pins.Select(host => host.Id)],
            Nodes = [.. ovf.NumaNodes.Select(Node)],
            Devices = pins.Count == 1 ? [.. ovf.HostDevices.Select(device => devices.RowOf(listings, device))] : [],
        };
        VmInput.RequireMemory(configuration.Over(row));
        VmInput.RequireSettings(configuration.Over(row), cluster, settings, "import");
        var parts = session.Parts(row, configuration);
        foreach (var node in configuration.Nodes)
        {
            VmInput.RequireNode(parts, node);
        }

        return configuration.Devices.Count == 0
            ? new VmPlan(row, configuration)
            : new VmPlan(row, configuration, HostDeviceOperations.Request(session, parts, HostDeviceOperation.Import), pins[0]);
    }

    private static IReadOnlyList<HostRow> Pins(EngineSession session, ApiInput body, OvfConfiguration ovf, ClusterRow cluster)
    {
        var pins = VmInput.Pins(session, body) ?? session.Hosts(ovf.Pins);
        var isKept = (body.Find("placement_policy") is not null || pins.Count == ovf.Pins.Count)
            && pins.All(host => host.ClusterId == cluster.Id);
        return isKept ? pins : [];
    }

    private static NumaNodeRow Node(OvfNumaNode node, int index) => node.Index == index
        ? new NumaNodeRow { Node = index, Memory = node.Memory, Cpus = node.Cpus, HostNodes = node.HostNodes }
        : throw OvfConfiguration.Unreadable($"there is no NUMA node {index}");
}
