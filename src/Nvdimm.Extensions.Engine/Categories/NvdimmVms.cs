using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Converts VMs to the policy's types, with the devices that the reports of hosts show in use.</summary>
/// <param name="listings">The listings of the hosts whose reports are known.</param>
internal sealed class NvdimmVms(IReadOnlyCollection<NvdimmHostDeviceListing> listings)
{
    private readonly ILookup<string, AttachedNvdimm> uses = (
        from listing in listings
        let devices = listing.Description.Devices
        from report in listing.Reported ?? []
        where report.UsedByVm is not null
        select (Vm: report.UsedByVm!, Device: Used(devices, listing.Host.Name, report.Name)))
        .ToLookup(use => use.Vm, use => use.Device, StringComparer.Ordinal);

    private readonly Dictionary<string, string> hostNames = listings
        .ToDictionary(listing => listing.Host.Id, listing => listing.Host.Name, StringComparer.Ordinal);

    /// <summary>Converts a VM.</summary>
    public VmDescription Of(ManagedVm vm)
    {
        string HostName(string id) => hostNames.GetValueOrDefault(id)
            ?? vm.PinnedHosts.FirstOrDefault(host => string.Equals(host.Id, id, StringComparison.Ordinal))?.Name
            ?? id;
        return new VmDescription
        {
            Name = vm.Name,
            Architecture = vm.Architecture,
            Status = vm.Status,
            Affinity = vm.Affinity,
            PinnedHosts = vm.PinnedHosts.Select(host => host.Name).ToValueList(),
            NumaNodes = vm.NumaNodes,
            Memory = vm.Memory,
            MaxMemory = vm.MaxMemory,
            MemoryDevices = vm.MemoryDevices,
            Nvdimms = NvdimmAttachments.Of(vm.HostDevices, HostName),
            ExpectedNvdimms = vm.ExpectedHostDevices is { } expected ? NvdimmAttachments.Of(expected, HostName) : null,
            UsedNvdimms = uses[vm.Id].ToValueList(),
        };
    }

    /// <summary>
    /// The VMs that a report names but nothing else describes, by their ids: they have at least the devices that they run with.
    /// </summary>
    /// <param name="describedIds">The ids of the described VMs.</param>
    public IEnumerable<VmDescription> Except(IReadOnlySet<string> describedIds) => uses
        .Where(use => !describedIds.Contains(use.Key))
        .Select(use => new VmDescription { Name = use.Key, Status = VmStatus.Unknown, UsedNvdimms = use.ToValueList() });

    /// <summary>The facts of a device that is in use, under its present name.</summary>
    private static AttachedNvdimm Used(ValueList<NvdimmDevice> devices, string host, string name)
    {
        var named = devices.Where(device => string.Equals(device.Name, name, StringComparison.Ordinal)).ToArray();
        var facts = named.Length == 1 ? DeviceFacts.Of(named[0], host) : new DeviceFacts(name) { Host = host };
        return new AttachedNvdimm(name, facts.Uuid) { RecordedFacts = facts };
    }
}
