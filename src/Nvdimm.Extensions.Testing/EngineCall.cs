using Nvdimm.Extensions.Engine;

namespace Nvdimm.Extensions.Testing;

/// <summary>A call of <see cref="IOvirtEngine"/>, for <see cref="InMemoryEngine.Script"/>.</summary>
public enum EngineCall
{
    /// <summary>A call of <see cref="IOvirtEngine.ListHostsAsync"/>.</summary>
    ListHosts,

    /// <summary>A call of <see cref="IOvirtEngine.GetHostAsync"/>.</summary>
    GetHost,

    /// <summary>A call of <see cref="IOvirtEngine.ListHostDevicesAsync"/>.</summary>
    ListHostDevices,

    /// <summary>A call of <see cref="IOvirtEngine.ListVmsAsync"/>.</summary>
    ListVms,

    /// <summary>A call of <see cref="IOvirtEngine.GetVmAsync"/>.</summary>
    GetVm,

    /// <summary>A call of <see cref="IOvirtEngine.ListNumaNodesAsync"/>.</summary>
    ListNumaNodes,

    /// <summary>A call of <see cref="IOvirtEngine.ListVmHostDevicesAsync"/>.</summary>
    ListVmHostDevices,

    /// <summary>A call of <see cref="IOvirtEngine.AddVmHostDeviceAsync"/>.</summary>
    AddVmHostDevice,

    /// <summary>A call of <see cref="IOvirtEngine.RemoveVmHostDeviceAsync"/>.</summary>
    RemoveVmHostDevice,

    /// <summary>A call of <see cref="IOvirtEngine.ListSnapshotsAsync"/>.</summary>
    ListSnapshots,

    /// <summary>A call of <see cref="IOvirtEngine.AddSnapshotAsync"/>.</summary>
    AddSnapshot,

    /// <summary>A call of <see cref="IOvirtEngine.ActAsync"/>.</summary>
    Act,

    /// <summary>A call of <see cref="IOvirtEngine.ListEventsAsync"/>.</summary>
    ListEvents,

    /// <summary>A call of <see cref="IOvirtEngine.AddEventAsync"/>.</summary>
    AddEvent,
}
