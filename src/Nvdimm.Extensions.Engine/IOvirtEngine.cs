using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Engine;

/// <summary>
/// What NVDIMM management needs of an oVirt engine, API version 4. <see cref="Rest.OvirtClient"/> is one; any other client of the API can be
/// put behind it.
/// </summary>
/// <remarks>
/// Every member throws <see cref="OvirtException"/> where the engine refuses, fails or cannot be reached, and
/// <see cref="OperationCanceledException"/> where the caller cancels; a change that was cancelled may have been made.
/// Listings are fetched while they are read.
/// </remarks>
public interface IOvirtEngine
{
    /// <summary>The hosts, in the engine's order.</summary>
    /// <param name="search">The engine's search expression, such as <c>name=host1</c>; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<OvirtHost> ListHostsAsync(string? search = null, CancellationToken cancellationToken = default);

    /// <summary>A host; null where there is none of that id.</summary>
    Task<OvirtHost?> GetHostAsync(string hostId, CancellationToken cancellationToken = default);

    /// <summary>The devices of a host, of all categories.</summary>
    IAsyncEnumerable<OvirtHostDevice> ListHostDevicesAsync(string hostId, CancellationToken cancellationToken = default);

    /// <summary>The VMs, in the engine's order.</summary>
    /// <param name="search">The engine's search expression, such as <c>name=vm1</c>; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<OvirtVm> ListVmsAsync(string? search = null, CancellationToken cancellationToken = default);

    /// <summary>A VM; null where there is none of that id.</summary>
    Task<OvirtVm?> GetVmAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>The guest NUMA nodes of a VM.</summary>
    IAsyncEnumerable<OvirtNumaNode> ListNumaNodesAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>The host devices in the configuration of a VM, of all categories.</summary>
    IAsyncEnumerable<OvirtHostDevice> ListVmHostDevicesAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a host device to the configuration of a VM. A device that is there already is a success. When this returns, it is there; where it
    /// throws with <see cref="OvirtException.IsOutcomeUnknown"/>, nobody can tell; otherwise it was not added.
    /// </summary>
    Task<OvirtHostDevice> AddVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a host device from the configuration of a VM. A device that is not there is a success. What is said of
    /// <see cref="OvirtException.IsOutcomeUnknown"/> for adding holds here, too.
    /// </summary>
    Task RemoveVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default);

    /// <summary>The snapshots of a VM.</summary>
    IAsyncEnumerable<OvirtSnapshot> ListSnapshotsAsync(string vmId, CancellationToken cancellationToken = default);

    /// <summary>Takes a snapshot. Never repeated by itself.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="withMemory">Whether it holds the memory; the engine refuses that for a VM with NVDIMMs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<OvirtSnapshot> AddSnapshotAsync(string vmId, string description, bool withMemory, CancellationToken cancellationToken = default);

    /// <summary>Does something to a VM. Never repeated by itself.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="action">What.</param>
    /// <param name="force">For a migration: also where only users may migrate the VM. Default: no.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ActAsync(string vmId, OvirtVmAction action, bool force = false, CancellationToken cancellationToken = default);

    /// <summary>The events after one, oldest first.</summary>
    /// <param name="after">The id of the last event that is known; 0 for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<OvirtEvent> ListEventsAsync(long after = 0, CancellationToken cancellationToken = default);

    /// <summary>Posts an external event. Never repeated by itself.</summary>
    Task<OvirtEvent> AddEventAsync(NewOvirtEvent posted, CancellationToken cancellationToken = default);
}
