using System.Net;
using System.Runtime.CompilerServices;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Testing;

/// <summary>
/// An engine in memory for tests. It refuses what oVirt Engine 4.5 refuses, with its codes and texts, and lacks the checks that the engine
/// lacks, so that programs are tested against real behaviour. All of its host devices are NVDIMMs. Safe for use by several threads.
/// </summary>
/// <param name="time">The clock for delayed answers; null for the system's.</param>
/// <example>
/// <code>
/// var engine = new InMemoryEngine();
/// engine.ReportHost(new OvirtHost("h1", "host1"), "namespace0.0");
/// engine.SetVm(new OvirtVm("v1", "vm1") { PinnedHostIds = ["h1"], Affinity = VmAffinity.Pinned }, new OvirtNumaNode(0, [0]));
/// engine.Script(EngineCall.AddVmHostDevice, ScriptedAnswer.Lost);
/// </code>
/// </example>
public sealed class InMemoryEngine(TimeProvider? time = null) : IOvirtEngine
{
    private readonly Lock gate = new();
    private readonly InMemoryState state = new();
    private readonly EngineScript script = new();

    /// <summary>
    /// Scripts the next calls of one kind. Scripts of one kind are used in order; afterwards the engine behaves normally again.
    /// </summary>
    /// <param name="call">The kind of call.</param>
    /// <param name="answer">The behaviour.</param>
    /// <param name="times">The number of calls, from 1. Default: 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="answer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="call"/> is not a defined value, or <paramref name="times"/> is below 1.
    /// </exception>
    public void Script(EngineCall call, ScriptedAnswer answer, int times = 1)
    {
        EnumArgument.Checked(call, last: EngineCall.AddEvent, nameof(call));
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (gate)
        {
            script.Add(call, answer, times);
        }
    }

    /// <summary>
    /// Adds a host, or replaces its report. As in the engine, attachments of devices that are missing from a later report vanish.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="devices">The kernel names of its NVDIMMs.</param>
    public void ReportHost(OvirtHost host, params IReadOnlyCollection<string> devices)
    {
        ArgumentNullException.ThrowIfNull(host);
        lock (gate)
        {
            state.Report(host, devices.ToValueList());
        }
    }

    /// <summary>Adds a VM, or changes one. As in the engine, its host devices vanish if its pinning changes.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="numaNodes">Its guest NUMA nodes.</param>
    public void SetVm(OvirtVm vm, params IReadOnlyCollection<OvirtNumaNode> numaNodes)
    {
        ArgumentNullException.ThrowIfNull(vm);
        lock (gate)
        {
            state.SetVm(vm, numaNodes.ToValueList());
        }
    }

    /// <summary>Deletes a VM in any status. Does nothing if there is no such VM.</summary>
    public void RemoveVm(string vmId)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        lock (gate)
        {
            state.RemoveVm(vmId);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtHost> ListHostsAsync(string? search = null, CancellationToken cancellationToken = default) =>
        Items(EngineCall.ListHosts, () => state.Hosts.Where(host => Matches(host.Name, search)), cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtHost?> GetHostAsync(string hostId, CancellationToken cancellationToken = default) =>
        Done(EngineCall.GetHost, () => state.Hosts.FirstOrDefault(host => Same(host.Id, hostId)), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtHostDevice> ListHostDevicesAsync(string hostId, CancellationToken cancellationToken = default) =>
        Items(EngineCall.ListHostDevices, () => state.DevicesOf(hostId) ?? throw Missing($"GET hosts/{hostId}/devices"), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtVm> ListVmsAsync(string? search = null, CancellationToken cancellationToken = default) =>
        Items(EngineCall.ListVms, () => state.Vms.Select(vm => vm.Vm).Where(vm => Matches(vm.Name, search)), cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtVm?> GetVmAsync(string vmId, CancellationToken cancellationToken = default) =>
        Done(EngineCall.GetVm, () => state.FindVm(vmId)?.Vm, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtNumaNode> ListNumaNodesAsync(string vmId, CancellationToken cancellationToken = default) =>
        Items(EngineCall.ListNumaNodes, () => Vm($"GET vms/{vmId}/numanodes", vmId).NumaNodes, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtHostDevice> ListVmHostDevicesAsync(string vmId, CancellationToken cancellationToken = default) =>
        Items(
            EngineCall.ListVmHostDevices,
            () =>
            {
                var vm = Vm($"GET vms/{vmId}/hostdevices", vmId);
                return vm.HostDevices.Select(name => InMemoryState.DeviceOf(vm, name));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtHostDevice> AddVmHostDeviceAsync(
        string vmId, HostDeviceKey device, CancellationToken cancellationToken = default) => Done(
        EngineCall.AddVmHostDevice,
        () =>
        {
            var name = device.Name ?? throw new ArgumentException("No device is named", nameof(device));
            var request = $"POST vms/{vmId}/hostdevices";
            var vm = Vm(request, vmId);
            InMemoryRules.Check(request, state.Request(HostDeviceOperation.Attach, vm) with { Devices = [name] });
            state.Add(vm, name);
            return InMemoryState.DeviceOf(vm, name);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task RemoveVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default) => Done(
        EngineCall.RemoveVmHostDevice,
        () =>
        {
            var name = device.Name ?? throw new ArgumentException("No device is named", nameof(device));
            var request = $"DELETE vms/{vmId}/hostdevices/{device.Id}";
            var vm = Vm(request, vmId);
            if (vm.HostDevices.Contains(name, StringComparer.Ordinal))
            {
                InMemoryRules.Check(request, state.Request(HostDeviceOperation.Detach, vm) with { Devices = [name] });
                state.Remove(vm, name);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtSnapshot> ListSnapshotsAsync(string vmId, CancellationToken cancellationToken = default) =>
        Items(EngineCall.ListSnapshots, () => Vm($"GET vms/{vmId}/snapshots", vmId).Snapshots, cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtSnapshot> AddSnapshotAsync(
        string vmId, string description, bool withMemory, CancellationToken cancellationToken = default) => Done(
        EngineCall.AddSnapshot,
        () =>
        {
            var request = $"POST vms/{vmId}/snapshots";
            var vm = Vm(request, vmId);
            if (withMemory)
            {
                InMemoryRules.Check(request, state.Request(HostDeviceOperation.SnapshotWithMemory, vm));
            }

            return state.AddSnapshot(vm, description, withMemory);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ActAsync(string vmId, OvirtVmAction action, bool force = false, CancellationToken cancellationToken = default)
    {
        EnumArgument.Checked(action, last: OvirtVmAction.Migrate, nameof(action));
        return Done(EngineCall.Act, () => Act(vmId, action, force), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtEvent> ListEventsAsync(long after = 0, CancellationToken cancellationToken = default) =>
        Items(EngineCall.ListEvents, () => state.Events.Where(listed => listed.Id > after), cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtEvent> AddEventAsync(NewOvirtEvent posted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(posted);
        return Done(EngineCall.AddEvent, () => state.AddEvent(posted), cancellationToken);
    }

    private bool Act(string vmId, OvirtVmAction action, bool force)
    {
        var request = $"POST vms/{vmId}/{action.ToString().ToLowerInvariant()}";
        var vm = Vm(request, vmId);
        HostDeviceOperation? operation = action switch
        {
            OvirtVmAction.Start => HostDeviceOperation.Start,
            OvirtVmAction.Suspend => HostDeviceOperation.Hibernate,
            OvirtVmAction.Migrate => HostDeviceOperation.Migrate,
            _ => null,
        };
        if (operation is { } asked)
        {
            InMemoryRules.Check(request, state.Request(asked, vm) with { ForceMigration = force });
        }

        state.Act(vm, action);
        return true;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    /// <summary>Whether a name matches a search expression. Of the engine's expressions only <c>name=NAME</c> is supported.</summary>
    private static bool Matches(string name, string? search) =>
        search is null || (search.StartsWith("name=", StringComparison.Ordinal)
            ? Same(search["name=".Length..], name)
            : throw new NotSupportedException($"'{search}' is not name=NAME"));

    private static OvirtException Missing(string request) =>
        new(request, OvirtFailure.NotFound, "it does not exist") { Status = HttpStatusCode.NotFound };

    private InMemoryVm Vm(string request, string vmId) => state.FindVm(vmId) ?? throw Missing(request);

    private async IAsyncEnumerable<T> Items<T>(
        EngineCall call, Func<IEnumerable<T>> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in await Done(call, () => items().ToArray(), cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    private async Task<T> Done<T>(EngineCall call, Func<T> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ScriptedAnswer? scripted;
        lock (gate)
        {
            scripted = script.Next(call);
        }

        if (scripted is { Delay: var delay } && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time ?? TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        T? result = default;
        if (scripted is not { IsDone: false })
        {
            lock (gate)
            {
                result = action();
            }
        }

        return scripted?.FailureOf(call) is { } failure ? throw failure : result!;
    }
}
