using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>
/// Finds for a VM the few other VMs that may share a device with it, so that the rules need not compare every pair: with thousands of VMs
/// that would take minutes. Two devices can be the same only if they have a UUID in common, or a kernel name that may be of one host.
/// </summary>
internal sealed class SharedNvdimms
{
    private readonly Dictionary<VmDescription, VmDescription> completed = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<Guid, VmDescription> byUuid;
    private readonly ILookup<string, VmDescription> byName;
    private readonly ILookup<NameOnHost, VmDescription> byNameOnHost;
    private readonly Dictionary<string, HostDescription> hosts;

    /// <summary>Indexes VMs.</summary>
    public SharedNvdimms(IReadOnlyCollection<VmDescription> vms, IEnumerable<NvdimmHostDeviceListing> listings)
    {
        hosts = listings.ToDictionary(listing => listing.Host.Name, listing => listing.Description, StringComparer.Ordinal);
        foreach (var vm in vms)
        {
            completed.Add(vm, Completed(vm));
        }

        var owned = vms.Select(vm => (Vm: vm, Devices: OwnOf(vm).ToArray())).ToArray();
        byUuid = Index(owned, UuidsOf);
        byName = Index<string>(owned, own => [own.Device.Name]);
        byNameOnHost = Index(owned, own => own.Hosts.Select(host => new NameOnHost(own.Device.Name, host)));
    }

    /// <summary>The other VMs that may have a device of a VM.</summary>
    public ValueList<VmDescription> With(VmDescription vm) => OwnOf(vm)
        .SelectMany(own => Sharing(vm, own))
        .Where(other => !ReferenceEquals(other, vm))
        .Distinct<VmDescription>(ReferenceEqualityComparer.Instance)
        .Select(other => completed[other])
        .OrderBy(other => other.Name, StringComparer.Ordinal)
        .ToValueList();

    private static ILookup<T, VmDescription> Index<T>(
        IEnumerable<(VmDescription Vm, PlacedNvdimm[] Devices)> owned, Func<PlacedNvdimm, IEnumerable<T>> keys) => owned
        .SelectMany(own => own.Devices.SelectMany(keys).Distinct().Select(key => (Key: key, own.Vm)))
        .ToLookup(pair => pair.Key, pair => pair.Vm);

    private IEnumerable<VmDescription> Sharing(VmDescription vm, PlacedNvdimm own)
    {
        var uuids = UuidsOf(own).Concat(Bearers(vm, own.Device.Name).SelectMany(UuidsOf)).Distinct();
        var named = own.Hosts.Contains(null)
            ? byName[own.Device.Name]
            : own.Hosts.Append(null).SelectMany(host => byNameOnHost[new NameOnHost(own.Device.Name, host)]);
        return uuids.SelectMany(uuid => byUuid[uuid]).Concat(named);
    }

    /// <summary>
    /// The devices that a VM has, should have or runs with. The name of a configured device is one of the host to which the VM is pinned,
    /// and of the recorded host; that of any other device, of the recorded host.
    /// </summary>
    private IEnumerable<PlacedNvdimm> OwnOf(VmDescription vm)
    {
        var pinned = vm.PinnedHosts.Distinct(StringComparer.Ordinal).ToArray() is [var single] ? single : null;
        var own = OwnNvdimms.Of(completed[vm]);
        return [
            .. own.Configured.Select(device => new PlacedNvdimm(device, [pinned, device.RecordedFacts?.Host ?? pinned])),
            .. own.Missing.Concat(vm.UsedNvdimms).Select(device => new PlacedNvdimm(device, [device.RecordedFacts?.Host])),
        ];
    }

    private static IEnumerable<Guid> UuidsOf(PlacedNvdimm own) => Known(own.Device.Uuid, own.Device.RecordedFacts?.RawUuid);

    private static IEnumerable<Guid> UuidsOf(NvdimmDevice device) => Known(device.Uuid, device.RawUuid);

    private static IEnumerable<Guid> Known(params Guid?[] uuids) => uuids.OfType<Guid>();

    /// <summary>The devices that have a name now on the hosts to which a VM is pinned.</summary>
    private IEnumerable<NvdimmDevice> Bearers(VmDescription vm, string name) =>
        vm.PinnedHosts.Distinct(StringComparer.Ordinal).SelectMany(host => hosts.GetValueOrDefault(host)?.Devices ?? [])
            .Where(device => string.Equals(device.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// Adds the present facts to a VM's devices without a record, if their host has one of that name: such a device can be on another host
    /// by now.
    /// </summary>
    private VmDescription Completed(VmDescription vm)
    {
        if (vm.PinnedHosts.Distinct(StringComparer.Ordinal).ToArray() is not [var host] || !hosts.TryGetValue(host, out var description))
        {
            return vm;
        }

        var configured = OwnNvdimms.Of(vm, description).Configured.Select(own =>
            own is { Uuid: null, RecordedFacts: null, UnreadIdentity: null } && Bearers(vm, own.Name).ToArray() is [var bearer]
                ? own with { Uuid = bearer.Uuid, RecordedFacts = DeviceFacts.Of(bearer, host) }
                : own);
        return vm with { Nvdimms = configured.ToValueList() };
    }

    /// <summary>A VM's device, with the hosts of which its name may be; null is any host.</summary>
    private sealed record PlacedNvdimm(AttachedNvdimm Device, string?[] Hosts);

    /// <summary>A kernel name on a host; null is any host.</summary>
    private readonly record struct NameOnHost(string Name, string? Host);
}
