using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Management;

/// <summary>An engine to which something happens just before a device is added.</summary>
internal sealed class RacingEngine(InMemoryEngine engine, Func<Task> before) : IOvirtEngine
{
    public async Task<OvirtHostDevice> AddVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default)
    {
        await before();
        return await engine.AddVmHostDeviceAsync(vmId, device, cancellationToken);
    }

    public IAsyncEnumerable<OvirtHost> ListHostsAsync(string? search = null, CancellationToken cancellationToken = default) => engine.ListHostsAsync(search, cancellationToken);

    public Task<OvirtHost?> GetHostAsync(string hostId, CancellationToken cancellationToken = default) => engine.GetHostAsync(hostId, cancellationToken);

    public IAsyncEnumerable<OvirtHostDevice> ListHostDevicesAsync(string hostId, CancellationToken cancellationToken = default) => engine.ListHostDevicesAsync(hostId, cancellationToken);

    public IAsyncEnumerable<OvirtVm> ListVmsAsync(string? search = null, CancellationToken cancellationToken = default) => engine.ListVmsAsync(search, cancellationToken);

    public Task<OvirtVm?> GetVmAsync(string vmId, CancellationToken cancellationToken = default) => engine.GetVmAsync(vmId, cancellationToken);

    public IAsyncEnumerable<OvirtNumaNode> ListNumaNodesAsync(string vmId, CancellationToken cancellationToken = default) => engine.ListNumaNodesAsync(vmId, cancellationToken);

    public IAsyncEnumerable<OvirtHostDevice> ListVmHostDevicesAsync(string vmId, CancellationToken cancellationToken = default) => engine.ListVmHostDevicesAsync(vmId, cancellationToken);

    public Task RemoveVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default) => engine.RemoveVmHostDeviceAsync(vmId, device, cancellationToken);

    public IAsyncEnumerable<OvirtSnapshot> ListSnapshotsAsync(string vmId, CancellationToken cancellationToken = default) => engine.ListSnapshotsAsync(vmId, cancellationToken);

    public Task<OvirtSnapshot> AddSnapshotAsync(string vmId, string description, bool withMemory, CancellationToken cancellationToken = default) =>
        engine.AddSnapshotAsync(vmId, description, withMemory, cancellationToken);

    public Task ActAsync(string vmId, OvirtVmAction action, bool force = false, CancellationToken cancellationToken = default) => engine.ActAsync(vmId, action, force, cancellationToken);

    public IAsyncEnumerable<OvirtEvent> ListEventsAsync(long after = 0, CancellationToken cancellationToken = default) => engine.ListEventsAsync(after, cancellationToken);

    public Task<OvirtEvent> AddEventAsync(NewOvirtEvent posted, CancellationToken cancellationToken = default) => engine.AddEventAsync(posted, cancellationToken);
}
