using System.Net;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Testing;

/// <summary>
/// An engine in memory: it refuses what oVirt Engine 4.5 refuses, with its codes and texts, and has the engine's gaps, so that what is built
/// against it learns to live with them. Every host device of it is an NVDIMM. Safe to use from several threads.
/// </summary>
public sealed class InMemoryEngine : IOvirtEngine
{
    private readonly Lock gate = new();
    private readonly InMemoryState state = new();

    /// <summary>Adds a host, or replaces what it reports: the attachments of devices that are gone from a later report vanish, as in the engine.</summary>
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

    /// <summary>Adds a VM, or changes one: where its pinning changes, its host devices vanish, as in the engine.</summary>
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

    /// <summary>Deletes a VM, in whatever status; one that is not there stays so.</summary>
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
        Items(() => state.Hosts.Where(host => Matches(host.Name, search)), cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtHost?> GetHostAsync(string hostId, CancellationToken cancellationToken = default) =>
        Done(() => state.Hosts.FirstOrDefault(host => Same(host.Id, hostId)), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtHostDevice> ListHostDevicesAsync(string hostId, CancellationToken cancellationToken = default) =>
        Items(() => state.DevicesOf(hostId) ?? throw Missing($"GET hosts/{hostId}/devices"), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtVm> ListVmsAsync(string? search = null, CancellationToken cancellationToken = default) =>
        Items(() => state.Vms.Select(vm => vm.Vm).Where(vm => Matches(vm.Name, search)), cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtVm?> GetVmAsync(string vmId, CancellationToken cancellationToken = default) => Done(() => state.FindVm(vmId)?.Vm, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtNumaNode> ListNumaNodesAsync(string vmId, CancellationToken cancellationToken = default) =>
        Items(() => Vm($"GET vms/{vmId}/numanodes", vmId).NumaNodes, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtHostDevice> ListVmHostDevicesAsync(string vmId, CancellationToken cancellationToken = default) =>
        Items(() => Vm($"GET vms/{vmId}/hostdevices", vmId) is var vm ? vm.HostDevices.Select(name => InMemoryState.DeviceOf(vm, name)) : [], cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtHostDevice> AddVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default) => Done(
        () =>
        {
            var name = device.Name ?? throw new ArgumentException("No device is named", nameof(device));
            var request = $"POST vms/{vmId}/hostdevices";
            var vm = Vm(request, vmId);
            InMemoryRules.Check(request, state.Request(NvdimmOperation.Attach, vm) with { Devices = [name] });
            state.Add(vm, name);
            return InMemoryState.DeviceOf(vm, name);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task RemoveVmHostDeviceAsync(string vmId, HostDeviceKey device, CancellationToken cancellationToken = default) => Done(
        () =>
        {
            var name = device.Name ?? throw new ArgumentException("No device is named", nameof(device));
            var request = $"DELETE vms/{vmId}/hostdevices/{device.Id}";
            var vm = Vm(request, vmId);
            if (vm.HostDevices.Contains(name, StringComparer.Ordinal))
            {
                InMemoryRules.Check(request, state.Request(NvdimmOperation.Detach, vm) with { Devices = [name] });
                state.Remove(vm, name);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtSnapshot> ListSnapshotsAsync(string vmId, CancellationToken cancellationToken = default) =>
        Items(() => Vm($"GET vms/{vmId}/snapshots", vmId).Snapshots, cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtSnapshot> AddSnapshotAsync(string vmId, string description, bool withMemory, CancellationToken cancellationToken = default) => Done(
        () =>
        {
            var request = $"POST vms/{vmId}/snapshots";
            var vm = Vm(request, vmId);
            if (withMemory)
            {
                InMemoryRules.Check(request, state.Request(NvdimmOperation.SnapshotWithMemory, vm));
            }

            return state.AddSnapshot(vm, description, withMemory);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ActAsync(string vmId, OvirtVmAction action, bool force = false, CancellationToken cancellationToken = default) => Done(
        () =>
        {
            var request = $"POST vms/{vmId}/{action.ToString().ToLowerInvariant()}";
            var vm = Vm(request, vmId);
            NvdimmOperation? operation = EnumArgument.Checked(action, nameof(action)) switch
            {
                OvirtVmAction.Start => NvdimmOperation.Start,
                OvirtVmAction.Suspend => NvdimmOperation.Hibernate,
                OvirtVmAction.Migrate => NvdimmOperation.Migrate,
                _ => null,
            };
            if (operation is { } asked)
            {
                InMemoryRules.Check(request, state.Request(asked, vm) with { ForceMigration = force });
            }

            state.Act(vm, action);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OvirtEvent> ListEventsAsync(long after = 0, CancellationToken cancellationToken = default) =>
        Items(() => state.Events.Where(found => found.Id > after), cancellationToken);

    /// <inheritdoc/>
    public Task<OvirtEvent> AddEventAsync(NewOvirtEvent posted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(posted);
        return Done(() => state.AddEvent(posted), cancellationToken);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    /// <summary>Of the engine's search expressions it knows <c>name=NAME</c>.</summary>
    private static bool Matches(string name, string? search) =>
        search is null || (search.StartsWith("name=", StringComparison.Ordinal) ? Same(search["name=".Length..], name) : throw new NotSupportedException($"'{search}' is not name=NAME"));

    private static OvirtException Missing(string request) => new(request, OvirtFailure.NotFound, "it does not exist") { Status = HttpStatusCode.NotFound };

    private InMemoryVm Vm(string request, string vmId) => state.FindVm(vmId) ?? throw Missing(request);

    private IAsyncEnumerable<T> Items<T>(Func<IEnumerable<T>> items, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return items().ToArray().ToAsyncEnumerable();
        }
    }

    private Task<T> Done<T>(Func<T> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(action());
        }
    }
}
