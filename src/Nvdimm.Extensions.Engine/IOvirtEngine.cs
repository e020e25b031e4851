using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Engine;

/// <summary>
/// The operations of an oVirt engine, API version 4, that NVDIMM management needs. <see cref="Rest.OvirtClient"/> implements it; you can
/// put another client of the API behind it.
/// </summary>
/// <remarks>
/// Every member throws <see cref="OvirtException"/> if the engine refuses, fails or cannot be reached, and
/// <see cref="OperationCanceledException"/> if the caller cancels; the engine may have made a change that was cancelled. Listings are
/// fetched while they are read. Implementations must be safe for use by several threads.
/// </remarks>
public interface IOvirtEngine
{
    /// <summary>Lists the hosts, in the engine's order.</summary>
    /// <param name="search">The engine's search expression, such as <c>name=host1</c>; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    IAsyncEnumerable<OvirtHost> ListHostsAsync(string? search = null, CancellationToken cancellationToken = default);

    /// <summary>Gets a host; null if there is none with that id.</summary>
    Task<OvirtHost?> GetHostAsync(string hostId, CancellationToken cancellationToken = default);

    /// <summary>Lists the devices of a host, of all categories.</summary>
    IAsyncEnumerable<OvirtHostDevice> ListHostDevicesAsync(string hostId, CancellationToken cancellationToken = default);

    /// <summary>Lists the VMs, in the engine's order.</summary>
    /// <param name="search">The engine's search expression, such as <c>name=vm1</c>; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    IAsyncEnumerable<OvirtVm> ListVmsAsync(string? search = null, CancellationToken cancellationToken = default);

    /// <summary>Gets a VM; null if there is none with that id.</summary>
    Task<OvirtVm?> GetVmAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>Lists the guest NUMA nodes of a VM.</summary>
    IAsyncEnumerable<OvirtNumaNode> ListNumaNodesAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>Lists the host devices in the configuration of a VM, of all categories.</summary>
    IAsyncEnumerable<OvirtHostDevice> ListVmHostDevicesAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a host device to the configuration of a VM. It succeeds if the VM already has the device. After it returns, the VM has the
    /// device. If it throws with <see cref="OvirtException.IsOutcomeUnknown"/>, the VM may have it; after any other exception it was not
    /// added.
    /// </summary>
    Task<OvirtHostDevice> AddVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a host device from the configuration of a VM. It succeeds if the VM does not have the device.
    /// <see cref="OvirtException.IsOutcomeUnknown"/> means the same as for adding.
    /// </summary>
    Task RemoveVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default);

    /// <summary>Lists the snapshots of a VM.</summary>
    IAsyncEnumerable<OvirtSnapshot> ListSnapshotsAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>Takes a snapshot. The request is never repeated automatically.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="description">The snapshot's description.</param>
    /// <param name="withMemory">Whether to include the memory; the engine refuses that for a VM with NVDIMMs.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<OvirtSnapshot> AddSnapshotAsync(string vmId, string description, bool withMemory, CancellationToken cancellationToken = default);

    /// <summary>Performs an action on a VM. The request is never repeated automatically.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="action">The action.</param>
    /// <param name="force">For a migration: migrate even if only users may migrate the VM. Default: no.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task ActAsync(string vmId, OvirtVmAction action, bool force = false, CancellationToken cancellationToken = default);

    /// <summary>Lists the events after a given one, oldest first.</summary>
    /// <param name="after">The id of the last known event; 0 for all events.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    IAsyncEnumerable<OvirtEvent> ListEventsAsync(long after = 0, CancellationToken cancellationToken = default);

    /// <summary>Posts an external event. The request is never repeated automatically.</summary>
    Task<OvirtEvent> AddEventAsync(NewOvirtEvent posted, CancellationToken cancellationToken = default);
}
