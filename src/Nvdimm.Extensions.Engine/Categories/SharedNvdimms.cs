using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>
/// Finds for a VM the few other VMs that may share a device with it, so that the rules need not compare every pair: with thousands of VMs
/// that would take minutes.
/// </summary>
internal sealed class SharedNvdimms
{
    private readonly Dictionary<VmDescription, VmDescription> completed = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<string, VmDescription> byKey;
    private readonly Dictionary<string, ValueList<NvdimmDevice>> listed;

    /// <summary>Indexes VMs.</summary>
    public SharedNvdimms(IReadOnlyCollection<VmDescription> vms, IEnumerable<NvdimmHostDeviceListing> listings)
    {
        listed = listings.ToDictionary(listing => listing.Host.Name, listing => listing.Description.Devices, StringComparer.Ordinal);
        foreach (var vm in vms)
        {
            completed.Add(vm, Completed(vm));
        }

        byKey = vms
            .SelectMany(vm => KeysOf(vm).Distinct(StringComparer.Ordinal).Select(key => (key, vm)))
            .ToLookup(pair => pair.key, pair => pair.vm, StringComparer.Ordinal);
    }

    /// <summary>The other VMs that may have a device of a VM.</summary>
    public ValueList<VmDescription> With(VmDescription vm) => KeysOf(vm)
        .SelectMany(key => byKey[key])
        .Where(other => !ReferenceEquals(other, vm))
        .Distinct<VmDescription>(ReferenceEqualityComparer.Instance)
        .Select(other => completed[other])
        .OrderBy(other => other.Name, StringComparer.Ordinal)
        .ToValueList();

    /// <summary>The keys of a VM's devices, and those of the devices that now have their names.</summary>
    private IEnumerable<string> KeysOf(VmDescription vm) => Keys(completed[vm]).Concat(
        from host in vm.PinnedHosts
        from device in listed.GetValueOrDefault(host) ?? []
        where vm.Nvdimms.Any(own => string.Equals(own.Name, device.Name, StringComparison.Ordinal))
        from uuid in (Guid?[])[device.Uuid, device.RawUuid]
        where uuid is not null
        select $"{uuid}");

    /// <summary>All keys by which a device can be the same as another: its name and its UUIDs.</summary>
    private static IEnumerable<string> Keys(VmDescription vm) =>
        from device in vm.Nvdimms.Concat(vm.ExpectedNvdimms ?? []).Concat(vm.UsedNvdimms)
        from key in (string?[])[device.Name, $"{device.Uuid}", $"{device.RecordedFacts?.RawUuid}"]
        where key.Length > 0
        select key;

    /// <summary>Adds the present UUIDs to a VM's devices without a record: such a device can be on another host by now.</summary>
    private VmDescription Completed(VmDescription vm)
    {
        var devices = vm.PinnedHosts.Distinct(StringComparer.Ordinal).ToArray() is [var host] ? listed.GetValueOrDefault(host) : null;
        if (devices is null)
        {
            return vm;
        }
        var configured = OwnNvdimms.Of(vm).Configured.Select(own => own.Uuid is null ? Listed(own, devices) : own);
        return vm with { Nvdimms = configured.ToValueList() };
    }

    private static AttachedNvdimm Listed(AttachedNvdimm own, ValueList<NvdimmDevice> devices) =>
        devices.FirstOrDefault(device =>
            string.Equals(device.Name, own.Name, StringComparison.Ordinal)) is NvdimmDevice { Uuid: { } uuid }
            ? own with { Uuid = uuid }
            : own;
}
