using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Page;

/// <summary>
/// A snapshot of a host with its devices, and of VMs, from which questions about devices are answered. Immutable; safe for use by several
/// threads.
/// </summary>
internal sealed class HostFacts
{
    private const string NewVm = "a new VM";
    private const string OurPrefix = "NVDIMM_";

    private readonly HostDeviceCategories categories;

    /// <summary>Creates the snapshot.</summary>
    /// <param name="host">The host.</param>
    /// <param name="status">The host's status in the API's words; null if it is not known.</param>
    /// <param name="architecture">The architecture of the host's VMs.</param>
    /// <param name="listings">The host's devices, one listing for each category.</param>
    /// <param name="vms">The VMs in question, and all VMs that have devices of the host.</param>
    /// <param name="categories">The categories.</param>
    public HostFacts(
        HostReference host,
        string? status,
        GuestArchitecture architecture,
        ValueList<HostDeviceListing> listings,
        ValueList<ManagedVm> vms,
        HostDeviceCategories categories)
    {
        this.categories = categories;
        (Host, Status, Architecture, Listings, Vms) = (host, status, architecture, listings, vms);
        Devices = listings
            .SelectMany(listing => CategoryOf(listing.Capability).Availability(listing, vms, architecture))
            .ToValueList();
    }

    /// <summary>The host.</summary>
    public HostReference Host { get; }

    /// <summary>The host's status in the API's words; null if it is not known.</summary>
    public string? Status { get; }

    /// <summary>The architecture of the host's VMs.</summary>
    public GuestArchitecture Architecture { get; }

    /// <summary>The host's devices, one listing for each category.</summary>
    public ValueList<HostDeviceListing> Listings { get; }

    /// <summary>The VMs in question, and all VMs that have devices of the host.</summary>
    public ValueList<ManagedVm> Vms { get; }

    /// <summary>Every device of the host with whether a VM can have it, in the order of the listings.</summary>
    public ValueList<HostDeviceAvailability> Devices { get; }

    /// <summary>The NVDIMMs that the host itself lists.</summary>
    public IEnumerable<NvdimmDevice> Nvdimms =>
        Listings.OfType<NvdimmHostDeviceListing>().SelectMany(listing => listing.Description.Devices);

    /// <summary>The title of a category.</summary>
    public string TitleOf(string capability) => CategoryOf(capability).Title;

    /// <summary>The device with a name; null if the host has none.</summary>
    public HostDeviceAvailability? Find(string name) => Devices.FirstOrDefault(device => device.Device.Name == name);

    /// <summary>Whether a VM has a device of this host.</summary>
    public bool Has(ManagedVm vm, HostDevice device) => vm.PinnedHosts.Any(pin => pin.Id == Host.Id)
        && vm.HostDevices.Any(attached => attached.Name == device.Name
            && (attached.Capability == device.Capability || attached.Capability.Length == 0));

    /// <summary>A device as a VM would get it, with all reasons against it.</summary>
    public AttachmentPreview Preview(HostDevice device, ManagedVm vm) => Preview(device, RequestOf(vm));

    /// <summary>A device as its owner has it, or as a new VM would get it; null if the category does not tell.</summary>
    public PreviewedDevice? LayoutOf(HostDevice device)
    {
        var owner = Vms.FirstOrDefault(vm => Has(vm, device));
        return Preview(device, owner is null ? RequestOfNewVm : RequestOf(owner)).Devices is [var previewed, ..] ? previewed : null;
    }

    /// <summary>The findings of all categories about an operation on a VM.</summary>
    public ValueList<Finding> Check(ManagedVm vm, HostDeviceOperation operation, params ReadOnlySpan<string> devices)
    {
        var request = RequestOf(vm) with { Operation = operation, Devices = [.. devices] };
        return Listings
            .SelectMany(listing => CategoryOf(listing.Capability).Check(request with { Listing = listing }).Findings)
            .Distinct()
            .ToValueList();
    }

    /// <summary>
    /// The engine's refusals that apply to every device for a VM: they concern the VM, such as its status. Our own codes concern a device
    /// or its layout.
    /// </summary>
    public IEnumerable<Finding> RefusalsOfAll(ManagedVm vm) => Devices
        .Select(device => Preview(device.Device, vm).Attach.Findings
            .Where(finding => finding.Severity == Severity.Error && !finding.Code.StartsWith(OurPrefix, StringComparison.Ordinal)))
        .Aggregate((IEnumerable<Finding>?)null, (common, refusals) => common?.Intersect(refusals) ?? refusals) ?? [];

    private AttachmentPreview Preview(HostDevice device, HostDeviceRequest request) => CategoryOf(device.Capability).Preview(
        request with { Devices = [device.Name], Listing = Listings.First(listing => listing.Capability == device.Capability) });

    private HostDeviceRequest RequestOf(ManagedVm vm) => new()
    {
        Vm = vm,
        OtherVms = Vms.Where(other => other.Id != vm.Id).ToValueList(),
    };

    /// <summary>
    /// The request of a VM that does not exist yet: with the host's architecture, pinned to the host, with one NUMA node.
    /// </summary>
    private HostDeviceRequest RequestOfNewVm => new()
    {
        Vm = new ManagedVm
        {
            Id = NewVm,
            Name = NewVm,
            Architecture = Architecture,
            PinnedHosts = [Host],
            NumaNodes = [new GuestNumaNode(0, [])],
            Memory = ByteSize.FromGiB(1),
            MaxMemory = ByteSize.FromGiB(4),
        },
    };

    private IHostDeviceCategory CategoryOf(string capability) => categories.Find(capability)!;
}
