using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>Gathers from the engine what categories need to know of VMs.</summary>
/// <param name="engine">The engine.</param>
/// <param name="records">What was noted; null where nobody notes anything.</param>
/// <param name="width">How many VMs are asked for at once.</param>
internal sealed class EngineReader(IOvirtEngine engine, IAttachmentRecords? records, int width)
{
    /// <summary>A VM with all there is to know; null where there is none.</summary>
    public async Task<ManagedVm?> FindVmAsync(string vmId, CancellationToken cancellationToken)
    {
        if (await engine.GetVmAsync(vmId, cancellationToken).ConfigureAwait(false) is not { } vm)
        {
            return null;
        }

        var hosts = new Dictionary<string, HostReference>(StringComparer.Ordinal);
        foreach (var hostId in vm.PinnedHostIds)
        {
            hosts[hostId] = await engine.GetHostAsync(hostId, cancellationToken).ConfigureAwait(false) is { } host ? Reference(host) : Unknown(hostId);
        }

        return await WholeAsync(vm, hosts, await NotedAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The other VMs that are pinned to a host: an engine drops the host devices of a VM that is unpinned.</summary>
    public async Task<ValueList<ManagedVm>> OthersOnAsync(HostReference host, string vmId, CancellationToken cancellationToken)
    {
        var hosts = new Dictionary<string, HostReference>(StringComparer.Ordinal) { [host.Id] = host };
        var vms = await AllVmsAsync(hosts, vm => vm.PinnedHostIds.Contains(host.Id, StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        return vms.Where(vm => !string.Equals(vm.Id, vmId, StringComparison.Ordinal)).ToValueList();
    }

    /// <summary>All VMs that have a host device, or should have one.</summary>
    public async Task<ValueList<ManagedVm>> AllVmsAsync(IReadOnlyDictionary<string, HostReference> hosts, Func<OvirtVm, bool> isWanted, CancellationToken cancellationToken)
    {
        var noted = await NotedAsync(cancellationToken).ConfigureAwait(false);
        var wanted = engine.ListVmsAsync(search: null, cancellationToken).Where(isWanted);
        var vms = Window.SelectAsync(wanted, width, (vm, cancel) => WithoutNumaAsync(vm, hosts, noted, cancel), cancellationToken);
        return (await vms.Where(vm => vm.HostDevices.Count > 0 || vm.ExpectedHostDevices is { Count: > 0 }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToValueList();
    }

    /// <summary>The reference to a host.</summary>
    public static HostReference Reference(OvirtHost host) => new(host.Id, host.Name, host.Address);

    private static HostReference Unknown(string hostId) => new(hostId, hostId);

    private async Task<IReadOnlyDictionary<string, ValueList<AttachedHostDevice>>> NotedAsync(CancellationToken cancellationToken) => records is null
        ? new Dictionary<string, ValueList<AttachedHostDevice>>(StringComparer.Ordinal)
        : await records.ReadAsync(cancellationToken).ConfigureAwait(false);

    private async Task<ManagedVm> WholeAsync(
        OvirtVm vm, Dictionary<string, HostReference> hosts, IReadOnlyDictionary<string, ValueList<AttachedHostDevice>> noted, CancellationToken cancellationToken)
    {
        var whole = await WithoutNumaAsync(vm, hosts, noted, cancellationToken).ConfigureAwait(false);
        var nodes = await engine.ListNumaNodesAsync(vm.Id, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return whole with { NumaNodes = nodes.OrderBy(node => node.Index).Select(node => new GuestNumaNode(node.Index, node.HostNodes)).ToValueList() };
    }

    private async Task<ManagedVm> WithoutNumaAsync(
        OvirtVm vm, IReadOnlyDictionary<string, HostReference> hosts, IReadOnlyDictionary<string, ValueList<AttachedHostDevice>> noted, CancellationToken cancellationToken)
    {
        var expected = noted.GetValueOrDefault(vm.Id);
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
            HostDevices = devices.Select(device => Attached(device, expected)).ToValueList(),
            ExpectedHostDevices = expected,
        };
    }

    /// <summary>The engine tells the name only; what was noted under it, too, is what it is taken for.</summary>
    private static AttachedHostDevice Attached(OvirtHostDevice device, ValueList<AttachedHostDevice>? expected)
    {
        var noted = expected?.FirstOrDefault(candidate => string.Equals(candidate.Name, device.Name, StringComparison.Ordinal));
        return new AttachedHostDevice(device.Capability ?? noted?.Capability ?? "", device.Name, noted?.Identity);
    }
}
