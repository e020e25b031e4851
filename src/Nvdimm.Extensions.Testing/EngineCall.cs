using Nvdimm.Extensions.Engine;

namespace Nvdimm.Extensions.Testing;

/// <summary>A call of <see cref="IOvirtEngine"/>, for <see cref="InMemoryEngine.Script"/>.</summary>
public enum EngineCall
{
    /// <summary><see cref="IOvirtEngine.ListHostsAsync"/>.</summary>
    ListHosts,

    /// <summary><see cref="IOvirtEngine.GetHostAsync"/>.</summary>
    GetHost,

    /// <summary><see cref="IOvirtEngine.ListHostDevicesAsync"/>.</summary>
    ListHostDevices,

    /// <summary><see cref="IOvirtEngine.ListVmsAsync"/>.</summary>
    ListVms,

    /// <summary><see cref="IOvirtEngine.GetVmAsync"/>.</summary>
    GetVm,

    /// <summary><see cref="IOvirtEngine.ListNumaNodesAsync"/>.</summary>
    ListNumaNodes,

    /// <summary><see cref="IOvirtEngine.ListVmHostDevicesAsync"/>.</summary>
    ListVmHostDevices,

    /// <summary><see cref="IOvirtEngine.AddVmHostDeviceAsync"/>.</summary>
    AddVmHostDevice,

    /// <summary><see cref="IOvirtEngine.RemoveVmHostDeviceAsync"/>.</summary>
    RemoveVmHostDevice,

    /// <summary><see cref="IOvirtEngine.ListSnapshotsAsync"/>.</summary>
    ListSnapshots,

    /// <summary><see cref="IOvirtEngine.AddSnapshotAsync"/>.</summary>
    AddSnapshot,

    /// <summary><see cref="IOvirtEngine.ActAsync"/>.</summary>
    Act,

    /// <summary><see cref="IOvirtEngine.ListEventsAsync"/>.</summary>
    ListEvents,

    /// <summary><see cref="IOvirtEngine.AddEventAsync"/>.</summary>
    AddEvent,
}
