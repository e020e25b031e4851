using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>
/// Finds for a VM the few other VMs that may share a device with it, so that the rules need not compare every pair: with thousands of VMs
/// that would take minutes. Two devices can be the same only if they have an identity in common (<see cref="Sameness"/>), or the same
/// kernel name on what may be the same host.
/// </summary>
internal sealed class SharedNvdimms
{
    private readonly Dictionary<string, HostDescription> hosts;
    private readonly Dictionary<VmDescription, (VmDescription Completed, object[] Keys)> vms = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<object, VmDescription> byKey;

    /// <summary>Indexes VMs.</summary>
    /// <param name="vms">The VMs.</param>
    /// <param name="hosts">The hosts whose devices are known, by their names.</param>
    public SharedNvdimms(IEnumerable<VmDescription> vms, Dictionary<string, HostDescription> hosts)
    {
        this.hosts = hosts;
        var keys = new List<(object Key, VmDescription Vm)>();
        foreach (var vm in vms)
        {
            var completed = Completed(vm);
            var devices = Placed(completed);
            this.vms.Add(vm, (completed, [.. devices.Where(own => own.IsConfigured).SelectMany(own => SearchKeys(vm, own)).Distinct()]));
            keys.AddRange(devices.SelectMany(Keys).Distinct().Select(key => (key, vm)));
        }

        byKey = keys.ToLookup(pair => pair.Key, pair => pair.Vm);
    }

    /// <summary>The other VMs that may have a device of a VM.</summary>
    public ValueList<VmDescription> With(VmDescription vm) => vms[vm].Keys
        .SelectMany(key => byKey[key])
        .Where(other => !ReferenceEquals(other, vm))
        .Distinct<VmDescription>(ReferenceEqualityComparer.Instance)
        .Select(other => vms[other].Completed)
        .OrderBy(other => other.Name, StringComparer.Ordinal)
        .ToValueList();

    /// <summary>The keys under which a device is found: the name alone, too, for a search by a VM whose host is not known.</summary>
    private static IEnumerable<object> Keys(PlacedNvdimm own) =>
        Identities(own.Device.Facts).Append(own.Device.Name).Concat(own.Names(own.Hosts));

    /// <summary>
    /// The keys that a configured device searches for: its own, and those of the devices that have its name now. A start asks for no other
    /// devices.
    /// </summary>
    private IEnumerable<object> SearchKeys(VmDescription vm, PlacedNvdimm own)
    {
        var bearers = HostsOf(vm).SelectMany(host => Bearers(host, own.Device.Name));
        var identities = bearers.Select(device => DeviceFacts.Of(device)).Prepend(own.Device.Facts).SelectMany(Identities);
        return own.Hosts.Contains(null) ? identities.Append(own.Device.Name) : identities.Concat(own.Names(own.Hosts.Append(null)));
    }

    private static IEnumerable<object> Identities(DeviceFacts facts) =>
        new object?[] { facts.Uuid, facts.RawUuid, facts.File, facts.InterleaveSet }.OfType<object>();

    /// <summary>
    /// The devices that a VM has, should have or runs with. The name of a configured device counts on the VM's host and on the recorded
    /// host, that of any other device on the recorded host.
    /// </summary>
    private static PlacedNvdimm[] Placed(VmDescription vm)
    {
        var host = HostsOf(vm) is [var single] ? single : null;
        var own = OwnNvdimms.Of(vm);
        return [
            .. own.Configured.Select(device => new PlacedNvdimm(device, [host, device.RecordedFacts?.Host ?? host], IsConfigured: true)),
            .. own.Missing.Concat(vm.UsedNvdimms)
                .Select(device => new PlacedNvdimm(device, [device.RecordedFacts?.Host], IsConfigured: false)),
        ];
    }

    private static string[] HostsOf(VmDescription vm) => [.. vm.PinnedHosts.Distinct(StringComparer.Ordinal)];

    /// <summary>The devices that have a name now on a host.</summary>
    private IEnumerable<NvdimmDevice> Bearers(string host, string name) =>
        (hosts.GetValueOrDefault(host)?.Devices ?? []).Where(device => string.Equals(device.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// Gives a device without a record the facts of the one device that has its name now: without them, a VM of another host that has the
    /// same device would not be found. Devices that the VM should have but lacks become used ones, so that no device is matched with a
    /// record twice.
    /// </summary>
    private VmDescription Completed(VmDescription vm)
    {
        if (HostsOf(vm) is not [var host] || !hosts.ContainsKey(host))
        {
            return vm;
        }

        var own = OwnNvdimms.Of(vm);
        return vm with
        {
            Nvdimms = own.Configured.Select(device => Completed(device, host)).ToValueList(),
            ExpectedNvdimms = null,
            UsedNvdimms = [.. own.Missing, .. vm.UsedNvdimms],
        };
    }

    private AttachedNvdimm Completed(AttachedNvdimm own, string host) =>
        own is { Uuid: null, RecordedFacts: null, UnreadIdentity: null } && Bearers(host, own.Name).ToArray() is [var bearer]
            ? own with { Uuid = bearer.Uuid, RecordedFacts = DeviceFacts.Of(bearer, host) }
            : own;

    /// <summary>A VM's device, and the hosts on which its name counts; null is any host.</summary>
    private sealed record PlacedNvdimm(AttachedNvdimm Device, string?[] Hosts, bool IsConfigured)
    {
        /// <summary>The device's name on each of some hosts.</summary>
        public IEnumerable<NameOnHost> Names(IEnumerable<string?> hosts) => hosts.Select(host => new NameOnHost(Device.Name, host));
    }

    /// <summary>A kernel name on a host; null is any host.</summary>
    private sealed record NameOnHost(string Name, string? Host);
}
