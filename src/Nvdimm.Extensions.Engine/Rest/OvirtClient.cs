using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>A client of an engine's REST API, version 4. Dispose it to log out. Safe for use by several threads.</summary>
/// <example>
/// <code>
/// var options = new OvirtClientOptions
/// {
///     Url = new Uri("https://engine.example.org/ovirt-engine"), Username = "admin@internal", Password = "secret",
/// };
/// using var http = new HttpClient(EngineTrust.System.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
/// await using var engine = new OvirtClient(http, options);
/// var vm = await engine.ListVmsAsync("name=db1").FirstOrDefaultAsync();
/// </code>
/// </example>
public sealed class OvirtClient : IOvirtEngine, IAsyncDisposable
{
    private readonly OvirtClientOptions options;
    private readonly ApiConnection api;
    private readonly VmHostDevices vmHostDevices;

    /// <summary>Creates a client.</summary>
    /// <param name="http">
    /// Sends the requests. It must have no timeout of its own (<see cref="Timeout.InfiniteTimeSpan"/>), follow no redirects, and trust the
    /// engine's certificate; <see cref="EngineTrust.CreateHandler"/> creates such a handler. The caller disposes it.
    /// </param>
    /// <param name="options">The engine's address, the login, and the limits.</param>
    /// <param name="time">The clock for pauses and time limits; null for the system's.</param>
    /// <param name="meters">Creates the meter; null for a meter shared by the process.</param>
    /// <exception cref="ArgumentNullException"><paramref name="http"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">The address is plain HTTP to another machine, and the options do not allow it.</exception>
    public OvirtClient(HttpClient http, OvirtClientOptions options, TimeProvider? time = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.IsTransportAllowed)
        {
            throw new ArgumentException(
                $"{options.Url} is plain HTTP to another machine: whoever is on the way could read the password. "
                    + "Use https, or set AllowUnencrypted.",
                nameof(options));
        }

        this.options = options;
        api = new ApiConnection(http, options, time ?? TimeProvider.System, EngineMeters.Of(meters));
        vmHostDevices = new VmHostDevices(api, options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtHost> ListHostsAsync(string? search = null, CancellationToken cancellationToken = default) =>
        ApiPages.ListAsync(api, ("hosts", "host"), search, options, (WireModels.Host, host => host.Id), cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtHost?> GetHostAsync(string hostId, CancellationToken cancellationToken = default) =>
        FindAsync($"hosts/{Segment(hostId)}", WireModels.Host, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtHostDevice> ListHostDevicesAsync(string hostId, CancellationToken cancellationToken = default) =>
        ItemsAsync($"hosts/{Segment(hostId)}/devices", "host_device", WireModels.HostDevice, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtVm> ListVmsAsync(string? search = null, CancellationToken cancellationToken = default) =>
        ApiPages.ListAsync(api, ("vms", "vm"), search, options, (WireModels.Vm, vm => vm.Id), cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtVm?> GetVmAsync(string vmId, CancellationToken cancellationToken = default) =>
        FindAsync($"vms/{Segment(vmId)}", WireModels.Vm, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtNumaNode> ListNumaNodesAsync(string vmId, CancellationToken cancellationToken = default) =>
        ItemsAsync($"vms/{Segment(vmId)}/numanodes", "vm_numa_node", WireModels.NumaNode, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtHostDevice> ListVmHostDevicesAsync(string vmId, CancellationToken cancellationToken = default) =>
        ItemsAsync($"vms/{Segment(vmId)}/hostdevices", "host_device", WireModels.HostDevice, cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtHostDevice> AddVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default)
    {
        Check(vmId, device);
        return vmHostDevices.AddAsync(vmId, device, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default)
    {
        Check(vmId, device);
        return vmHostDevices.RemoveAsync(vmId, device, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtSnapshot> ListSnapshotsAsync(string vmId, CancellationToken cancellationToken = default) =>
        ItemsAsync($"vms/{Segment(vmId)}/snapshots", "snapshot", WireModels.Snapshot, cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtSnapshot> AddSnapshotAsync(
        string vmId, string description, bool withMemory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        var body = WireWriter.Object(("description", description), ("persist_memorystate", withMemory));
        var path = $"vms/{Segment(vmId)}/snapshots";
        return api.ChangeAsync(HttpMethod.Post, path, body, WireModels.Snapshot, new CallBudget(options), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ActAsync(string vmId, OvirtVmAction action, bool force = false, CancellationToken cancellationToken = default)
    {
        EnumArgument.Checked(action, last: OvirtVmAction.Migrate, nameof(action));
        var body = WireWriter.Object(("force", force ? true : null));
        var path = $"vms/{Segment(vmId)}/{action.ToString().ToLowerInvariant()}";
        return api.ChangeAsync(HttpMethod.Post, path, body, _ => true, new CallBudget(options), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<OvirtEvent> ListEventsAsync(
        long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var events = await AllAsync($"events?from={after}", "event", WireModels.Event, cancellationToken).ConfigureAwait(false);
        foreach (var newer in events.Where(listed => listed.Id > after).OrderBy(listed => listed.Id))
        {
            yield return newer;
        }
    }

    /// <inheritdoc/>
    public Task<OvirtEvent> AddEventAsync(NewOvirtEvent posted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(posted);
        var body = WireWriter.Object(
            ("description", posted.Description),
            ("severity", posted.Severity.ToString().ToLowerInvariant()),
            ("origin", posted.Origin),
            ("custom_id", posted.CustomId),
            ("vm", WireWriter.Reference(posted.VmId)),
            ("host", WireWriter.Reference(posted.HostId)));
        return api.ChangeAsync(HttpMethod.Post, "events", body, WireModels.Event, new CallBudget(options), cancellationToken);
    }

    /// <summary>Logs out. A second call does nothing.</summary>
    /// <exception cref="OvirtException">The engine does not answer. The session then ends by itself after half an hour.</exception>
    public ValueTask DisposeAsync() => api.DisposeAsync();

    /// <summary>Escapes an id for a path. Ids are untrusted, and must not lead to another resource.</summary>
    private static string Segment(string id, [CallerArgumentExpression(nameof(id))] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(id, name);
        return id is "." or ".." ? throw new ArgumentException($"'{id}' is no id", name) : Uri.EscapeDataString(id);
    }

    private static void Check(string vmId, HostDeviceKey device)
    {
        Segment(vmId);
        if (device.Name is null)
        {
            throw new ArgumentException("No device is named", nameof(device));
        }
    }

    private async Task<T?> FindAsync<T>(string path, Func<WireValue, T> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await api.GetAsync(path, read, new CallBudget(options), cancellationToken).ConfigureAwait(false);
        }
        catch (OvirtException missing) when (missing.Failure == OvirtFailure.NotFound)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<T> ItemsAsync<T>(
        string path, string item, Func<WireValue, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var value in await AllAsync(path, item, read, cancellationToken).ConfigureAwait(false))
        {
            yield return value;
        }
    }

    private Task<T[]> AllAsync<T>(string path, string item, Func<WireValue, T> read, CancellationToken cancellationToken) =>
        api.GetAsync(path, wire => wire.ItemsOf(item).Select(read).ToArray(), new CallBudget(options), cancellationToken);
}
