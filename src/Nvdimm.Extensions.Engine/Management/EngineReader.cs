using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>Reads from the engine the facts about VMs that categories use. A VM that is deleted meanwhile is left out.</summary>
/// <param name="engine">The engine.</param>
/// <param name="records">The attachment records; null if there are none.</param>
/// <param name="width">The number of VMs to read at once.</param>
internal sealed class EngineReader(IOvirtEngine engine, IAttachmentRecords? records, int width)
{
    /// <summary>Reads a VM with all facts; null if it does not exist.</summary>
    public async Task<ManagedVm?> FindVmAsync(string vmId, CancellationToken cancellationToken)
    {
        if (await engine.GetVmAsync(vmId, cancellationToken).ConfigureAwait(false) is not { } vm)
        {
            return null;
        }

        var hosts = new Dictionary<string, HostReference>(StringComparer.Ordinal);
        foreach (var hostId in vm.PinnedHostIds)
        {
            var pinned = await engine.GetHostAsync(hostId, cancellationToken).ConfigureAwait(false);
            hosts[hostId] = pinned is { } host ? Reference(host) : Unknown(hostId);
        }

        var recorded = await RecordedAsync(cancellationToken).ConfigureAwait(false);
        return await UnlessDeletedAsync(vm.Id, () => WholeAsync(vm, hosts, recorded, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The recorded devices of a VM that the engine does not have; null if there is no record.</summary>
    public async Task<ManagedVm?> FindGoneAsync(string vmId, CancellationToken cancellationToken) =>
        (await RecordedAsync(cancellationToken).ConfigureAwait(false)).GetValueOrDefault(vmId) is { Count: > 0 } devices
            ? Gone(vmId, devices)
            : null;

    /// <summary>
    /// Reads the other VMs that may have a device of a host: those that are pinned to it, those with a record, and those that the host's
    /// report names, wherever they are pinned now.
    /// </summary>
    public Task<ValueList<ManagedVm>> OthersOnAsync(
        HostReference host, ValueList<ReportedHostDevice> reported, string vmId, CancellationToken cancellationToken) =>
        VmsOnAsync(host, reported, vm => !string.Equals(vm.Id, vmId, StringComparison.Ordinal), cancellationToken);

    /// <summary>As <see cref="OthersOnAsync"/>, without leaving out a VM.</summary>
    public Task<ValueList<ManagedVm>> VmsOnAsync(HostDeviceListing listing, CancellationToken cancellationToken) =>
        VmsOnAsync(listing.Host, listing.Reported ?? [], _ => true, cancellationToken);

    private async Task<ValueList<ManagedVm>> VmsOnAsync(
        HostReference host,
        IEnumerable<ReportedHostDevice> reported,
        Func<OvirtVm, bool> isAsked,
        CancellationToken cancellationToken)
    {
        var recorded = await RecordedAsync(cancellationToken).ConfigureAwait(false);
        var hosts = new Dictionary<string, HostReference>(StringComparer.Ordinal) { [host.Id] = host };
        var users = Users(reported);
        return await VmsAsync(
            vm => isAsked(vm)
                && (vm.PinnedHostIds.Contains(host.Id, StringComparer.Ordinal)
                    || users.Contains(vm.Id)
                    || recorded.GetValueOrDefault(vm.Id) is { Count: > 0 }),
            hosts,
            recorded,
            users,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads all VMs that have a host device, should have one, or run with one, and the recorded VMs that the engine does not have.
    /// </summary>
    public async Task<(ValueList<ManagedVm> Vms, ValueList<ManagedVm> Gone)> AllVmsAsync(
        ValueList<HostDeviceListing> listings, CancellationToken cancellationToken)
    {
        var recorded = await RecordedAsync(cancellationToken).ConfigureAwait(false);
        var hosts = listings.ToDictionary(listing => listing.Host.Id, listing => listing.Host, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var users = Users(listings.SelectMany(listing => listing.Reported ?? []));
        var vms = await VmsAsync(vm => seen.Add(vm.Id), hosts, recorded, users, cancellationToken).ConfigureAwait(false);
        var gone = recorded.Where(entry => entry.Value.Count > 0 && !seen.Contains(entry.Key))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => Gone(entry.Key, entry.Value));
        return (vms, gone.ToValueList());
    }

    /// <summary>Returns the result of a read; the default if the engine no longer has the VM.</summary>
    /// <exception cref="OvirtException">The engine fails, or does not find a part of a VM that it has.</exception>
    public async Task<T?> UnlessDeletedAsync<T>(string vmId, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (OvirtException missing) when (missing.Failure == OvirtFailure.NotFound)
        {
            if (await engine.GetVmAsync(vmId, cancellationToken).ConfigureAwait(false) is not null)
            {
                throw;
            }

            return default;
        }
    }

    /// <summary>Returns the reference to a host.</summary>
    public static HostReference Reference(OvirtHost host) => new(host.Id, host.Name, host.Address);

    private static HostReference Unknown(string hostId) => new(hostId, hostId);

    private static ManagedVm Gone(string vmId, ValueList<AttachedHostDevice> recorded) =>
        new() { Id = vmId, Name = vmId, ExpectedHostDevices = recorded };

    private static HashSet<string> Users(IEnumerable<ReportedHostDevice> reported) => reported
        .Select(report => report.UsedByVm)
        .OfType<string>()
        .ToHashSet(StringComparer.Ordinal);

    private async Task<ValueList<ManagedVm>> VmsAsync(
        Func<OvirtVm, bool> isWanted,
        Dictionary<string, HostReference> hosts,
        IReadOnlyDictionary<string, ValueList<AttachedHostDevice>> recorded,
        HashSet<string> users,
        CancellationToken cancellationToken)
    {
        var wanted = engine.ListVmsAsync(search: null, cancellationToken).Where(isWanted);
        var vms = OrderedParallel.SelectAsync(
            wanted,
            width,
            (vm, cancel) => UnlessDeletedAsync(vm.Id, () => WithoutNumaAsync(vm, hosts, recorded, cancel), cancel),
            cancellationToken);
        return (await vms.OfType<ManagedVm>()
            .Where(vm => vm.HostDevices.Count > 0 || vm.ExpectedHostDevices is { Count: > 0 } || users.Contains(vm.Id))
            .ToListAsync(cancellationToken).ConfigureAwait(false)).ToValueList();
    }

    private async Task<IReadOnlyDictionary<string, ValueList<AttachedHostDevice>>> RecordedAsync(
        CancellationToken cancellationToken) => records is null
        ? new Dictionary<string, ValueList<AttachedHostDevice>>(StringComparer.Ordinal)
        : await records.ReadAsync(cancellationToken).ConfigureAwait(false);

    private async Task<ManagedVm> WholeAsync(
        OvirtVm vm,
        Dictionary<string, HostReference> hosts,
        IReadOnlyDictionary<string, ValueList<AttachedHostDevice>> recorded,
        CancellationToken cancellationToken)
    {
        var whole = await WithoutNumaAsync(vm, hosts, recorded, cancellationToken).ConfigureAwait(false);
        var nodes = await engine.ListNumaNodesAsync(vm.Id, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return whole with { NumaNodes = vm.StartNodes(nodes) };
    }

    /// <summary>
    /// Reads a VM without its NUMA nodes. The engine returns only the name of an attachment; the category matches it with the record.
    /// </summary>
    private async Task<ManagedVm> WithoutNumaAsync(
        OvirtVm vm,
        Dictionary<string, HostReference> hosts,
        IReadOnlyDictionary<string, ValueList<AttachedHostDevice>> recorded,
        CancellationToken cancellationToken)
    {
        var devices = await engine.ListVmHostDevicesAsync(vm.Id, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new ManagedVm
        {
            Id = vm.Id,
            Name = vm.Name,
            Architecture = GuestArchitecture.FromName(vm.Architecture ?? "undefined"),
            Status = vm.Status,
            Affinity = vm.Affinity,
            PinnedHosts = vm.PinnedHostIds.Select(hostId => hosts.GetValueOrDefault(hostId) ?? Unknown(hostId)).ToValueList(),
            Memory = vm.Memory ?? default,
            MaxMemory = vm.MaxMemory ?? vm.Memory ?? default,
            HostDevices = devices.Select(device => new AttachedHostDevice(device.Capability ?? "", device.Name)).ToValueList(),
            ExpectedHostDevices = recorded.GetValueOrDefault(vm.Id),
        };
    }
}
