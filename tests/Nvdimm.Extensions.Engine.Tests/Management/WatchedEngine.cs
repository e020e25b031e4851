using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Management;

/// <summary>
/// An engine to which something happens before and after a request. Requests are called by the names of <see cref="IOvirtEngine"/>, without
/// <c>Async</c>. It does not show the host <paramref name="hidden"/>.
/// </summary>
internal sealed class WatchedEngine(InMemoryEngine engine, Func<string, Task>? before = null, Func<string, Task>? after = null, string? hidden = null) : IOvirtEngine
{
    public IAsyncEnumerable<OvirtHost> ListHostsAsync(string? search = null, CancellationToken cancellationToken = default) =>
        Listed("ListHosts", () => engine.ListHostsAsync(search, cancellationToken));

    public Task<OvirtHost?> GetHostAsync(string hostId, CancellationToken cancellationToken = default) =>
        DoneAsync("GetHost", () => hostId == hidden ? Task.FromResult<OvirtHost?>(null) : engine.GetHostAsync(hostId, cancellationToken));

    public IAsyncEnumerable<OvirtHostDevice> ListHostDevicesAsync(string hostId, CancellationToken cancellationToken = default) =>
        Listed("ListHostDevices", () => hostId == hidden
            ? throw new OvirtException($"GET hosts/{hostId}/devices", OvirtFailure.NotFound, "no such host")
            : engine.ListHostDevicesAsync(hostId, cancellationToken));

    public IAsyncEnumerable<OvirtVm> ListVmsAsync(string? search = null, CancellationToken cancellationToken = default) =>
        Listed("ListVms", () => engine.ListVmsAsync(search, cancellationToken));

    public Task<OvirtVm?> GetVmAsync(string vmId, CancellationToken cancellationToken = default) => DoneAsync("GetVm", () => engine.GetVmAsync(vmId, cancellationToken));

    public IAsyncEnumerable<OvirtNumaNode> ListNumaNodesAsync(string vmId, CancellationToken cancellationToken = default) =>
        Listed("ListNumaNodes", () => engine.ListNumaNodesAsync(vmId, cancellationToken));

    public IAsyncEnumerable<OvirtHostDevice> ListVmHostDevicesAsync(string vmId, CancellationToken cancellationToken = default) =>
        Listed("ListVmHostDevices", () => engine.ListVmHostDevicesAsync(vmId, cancellationToken));

    public Task<OvirtHostDevice> AddVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default) =>
        DoneAsync("AddVmHostDevice", () => engine.AddVmHostDeviceAsync(vmId, device, cancellationToken));

    public Task RemoveVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default) => DoneAsync("RemoveVmHostDevice", async () =>
    {
        await engine.RemoveVmHostDeviceAsync(vmId, device, cancellationToken);
        return true;
    });

    public IAsyncEnumerable<OvirtSnapshot> ListSnapshotsAsync(string vmId, CancellationToken cancellationToken = default) => engine.ListSnapshotsAsync(vmId, cancellationToken);

    public Task<OvirtSnapshot> AddSnapshotAsync(string vmId, string description, bool withMemory, CancellationToken cancellationToken = default) =>
        engine.AddSnapshotAsync(vmId, description, withMemory, cancellationToken);

    public Task ActAsync(string vmId, OvirtVmAction action, bool force = false, CancellationToken cancellationToken = default) => engine.ActAsync(vmId, action, force, cancellationToken);

    public IAsyncEnumerable<OvirtEvent> ListEventsAsync(long after = 0, CancellationToken cancellationToken = default) => engine.ListEventsAsync(after, cancellationToken);

    public Task<OvirtEvent> AddEventAsync(NewOvirtEvent posted, CancellationToken cancellationToken = default) => engine.AddEventAsync(posted, cancellationToken);

    private async IAsyncEnumerable<T> Listed<T>(string request, Func<IAsyncEnumerable<T>> list)
    {
        foreach (var item in await DoneAsync(request, async () => await list().ToArrayAsync()))
        {
            yield return item;
        }
    }

    private async Task<T> DoneAsync<T>(string request, Func<Task<T>> action)
    {
        await (before?.Invoke(request) ?? Task.CompletedTask);
        var result = await action();
        await (after?.Invoke(request) ?? Task.CompletedTask);
        return result;
    }
}
