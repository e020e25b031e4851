using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Faults;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Testing;

/// <summary>The state of the in-memory engine. Not safe for use by several threads.</summary>
internal sealed class InMemoryState
{
    private const int HostDevicesAdded = 10800;
    private const int HostDevicesRemoved = 10801;
    private const string Nvdimm = "nvdimm";

    private readonly SortedDictionary<string, (OvirtHost Host, ValueList<string> Devices)> hosts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, InMemoryVm> vms = new(StringComparer.Ordinal);
    private readonly List<OvirtEvent> events = [];
    private int snapshots;

    public IEnumerable<OvirtHost> Hosts => hosts.Values.Select(host => host.Host);

    public IEnumerable<InMemoryVm> Vms => vms.Values;

    public IEnumerable<OvirtEvent> Events => events;

    public void Report(OvirtHost host, ValueList<string> devices)
    {
        hosts[host.Id] = (host, devices);
        foreach (var vm in vms.Values.Where(vm => vm.Vm.PinnedHostIds.Contains(host.Id, StringComparer.Ordinal)).ToArray())
        {
            var remaining = vm.HostDevices.Where(name => devices.Contains(name, StringComparer.Ordinal));
            vms[vm.Vm.Id] = vm with { HostDevices = remaining.ToValueList() };
        }
    }

    public void SetVm(OvirtVm vm, ValueList<OvirtNumaNode> numaNodes)
    {
        var previous = vms.GetValueOrDefault(vm.Id) ?? new InMemoryVm(vm);
        var keepsPinning = previous.Vm.PinnedHostIds.Equals(vm.PinnedHostIds);
        vms[vm.Id] = previous with { Vm = vm, NumaNodes = numaNodes, HostDevices = keepsPinning ? previous.HostDevices : [] };
    }

    public void RemoveVm(string vmId) => vms.Remove(vmId);

    public InMemoryVm? FindVm(string vmId)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        return vms.GetValueOrDefault(vmId);
    }

    public IEnumerable<OvirtHostDevice>? DevicesOf(string hostId) => hosts.TryGetValue(hostId, out var host)
        ? host.Devices.Select(name => Device(name, hostId) with { VmId = vms.Values.FirstOrDefault(vm => Uses(vm, hostId, name))?.Vm.Id })
        : null;

    public static OvirtHostDevice DeviceOf(InMemoryVm vm, string name) =>
        Device(name, vm.Vm.PinnedHostIds is [var host, ..] ? host : null) with { VmId = vm.Vm.Id };

    /// <summary>Creates the request for the engine's checks.</summary>
    public PolicyRequest Request(HostDeviceOperation operation, InMemoryVm vm) => new()
    {
        Operation = operation,
        Vm = InMemoryRules.Describe(vm),
        Host = vm.Vm.PinnedHostIds is [var hostId, ..] && hosts.TryGetValue(hostId, out var host)
            ? InMemoryRules.Describe(host.Host, host.Devices)
            : null,
        OtherVms = vms.Values.Where(other => !ReferenceEquals(other, vm)).Select(InMemoryRules.Describe).ToValueList(),
    };

    public void Add(InMemoryVm vm, string name)
    {
        if (!vm.HostDevices.Contains(name, StringComparer.Ordinal))
        {
            vms[vm.Vm.Id] = vm with { HostDevices = [.. vm.HostDevices, name] };
            Tell(HostDevicesAdded, $"Host devices {name} were attached to VM {vm.Vm.Name}.", vm);
        }
    }

    public void Remove(InMemoryVm vm, string name)
    {
        var remaining = vm.HostDevices.Where(other => !string.Equals(other, name, StringComparison.Ordinal));
        vms[vm.Vm.Id] = vm with { HostDevices = remaining.ToValueList() };
        Tell(HostDevicesRemoved, $"Host devices {name} were detached from VM {vm.Vm.Name}.", vm);
    }

    public OvirtSnapshot AddSnapshot(InMemoryVm vm, string description, bool withMemory)
    {
        snapshots++;
        var snapshot = new OvirtSnapshot($"snapshot-{snapshots}") { Description = description, Status = "ok", HasMemory = withMemory };
        vms[vm.Vm.Id] = vm with { Snapshots = [.. vm.Snapshots, snapshot] };
        return snapshot;
    }

    /// <summary>
    /// Performs an action. A VM for which the engine finds no guest NUMA node starts without its NVDIMMs
    /// (<c>LibvirtVmXmlBuilder.writeNvdimmHostDevice</c>).
    /// </summary>
    public void Act(InMemoryVm vm, OvirtVmAction action) => vms[vm.Vm.Id] = action switch
    {
        OvirtVmAction.Start => vm with
        {
            Vm = vm.Vm with { Status = VmStatus.Up, HostId = vm.Vm.PinnedHostIds is [var host, ..] ? host : hosts.Keys.FirstOrDefault() },
            Used = vm.Vm.StartNodes(vm.NumaNodes).Count > 0 ? vm.HostDevices : [],
        },
        OvirtVmAction.Stop or OvirtVmAction.Shutdown => vm with { Vm = vm.Vm with { Status = VmStatus.Down, HostId = null }, Used = [] },
        OvirtVmAction.Suspend => vm with { Vm = vm.Vm with { Status = VmStatus.Suspended, HostId = null }, Used = [] },
        _ => vm,
    };

    /// <summary>Adds a posted event.</summary>
    /// <exception cref="OvirtException">Another event already has the origin and the custom id.</exception>
    public OvirtEvent AddEvent(NewOvirtEvent posted)
    {
        if (events.Exists(other =>
            other.CustomId == posted.CustomId && string.Equals(other.Origin, posted.Origin, StringComparison.Ordinal)))
        {
            throw InMemoryRules.Refused("POST events", EngineFault.DuplicateEvent);
        }

        var added = new OvirtEvent(events.Count + 1, posted.Description)
        {
            Severity = posted.Severity.ToString().ToLowerInvariant(),
            Origin = posted.Origin,
            CustomId = posted.CustomId,
            VmId = posted.VmId,
            HostId = posted.HostId,
        };
        events.Add(added);
        return added;
    }

    private static OvirtHostDevice Device(string name, string? hostId) =>
        new(HostDeviceId.FromName(name), name) { Capability = Nvdimm, Parent = "computer", HostId = hostId };

    private static bool Uses(InMemoryVm vm, string hostId, string name) =>
        string.Equals(vm.Vm.HostId, hostId, StringComparison.Ordinal) && vm.Used.Contains(name, StringComparer.Ordinal);

    private void Tell(int code, string text, InMemoryVm vm) => events.Add(new OvirtEvent(events.Count + 1, text)
    {
        Code = code,
        Severity = "normal",
        Origin = "oVirt",
        VmId = vm.Vm.Id,
    });
}
