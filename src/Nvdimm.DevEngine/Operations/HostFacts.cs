using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.DevEngine.Operations;

/// <summary>A snapshot of a host with its devices, and of VMs, from which questions about devices are answered.</summary>
internal sealed class HostFacts
{
    private const string NewVm = "a new VM";
    private const string OurPrefix = "NVDIMM_";

    private readonly HostDeviceCategories categories;
    private readonly ValueList<ManagedVm> managed;

    /// <summary>Creates the snapshot.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cluster">The host's cluster, which determines the architecture of its VMs.</param>
    /// <param name="listings">The host's devices, one listing for each category.</param>
    /// <param name="vms">The VMs in question, and all VMs that have devices of the host.</param>
    /// <param name="categories">The categories.</param>
    public HostFacts(
        HostRow host, ClusterRow cluster, ValueList<HostDeviceListing> listings, IReadOnlyList<VmParts> vms,
        HostDeviceCategories categories)
    {
        this.categories = categories;
        managed = vms.Select(vm => vm.ToManaged()).ToValueList();
        (Host, Architecture, Listings, Vms) = (host, cluster.Architecture, listings, vms);
        Devices = listings
            .SelectMany(listing => CategoryOf(listing.Capability).Availability(listing, managed, GuestArchitecture.FromName(Architecture)))
            .ToValueList();
    }

    /// <summary>The host.</summary>
    public HostRow Host { get; }

    /// <summary>The architecture of the host's VMs, by its name in the API.</summary>
    public string Architecture { get; }

    /// <summary>The host's devices, one listing for each category.</summary>
    public ValueList<HostDeviceListing> Listings { get; }

    /// <summary>The VMs in question, and all VMs that have devices of the host.</summary>
    public IReadOnlyList<VmParts> Vms { get; }

    /// <summary>Every device of the host with whether a VM can have it, in the order of the listings.</summary>
    public ValueList<HostDeviceAvailability> Devices { get; }

    /// <summary>The NVDIMMs that the host itself lists.</summary>
    public IEnumerable<NvdimmDevice> Nvdimms =>
        Listings.OfType<NvdimmHostDeviceListing>().SelectMany(listing => listing.Description.Devices);

    /// <summary>The device with a name.</summary>
    /// <exception cref="ApiFaultException">The host has no such device.</exception>
    public HostDeviceAvailability Device(string name) => Find(name) ?? throw ApiFaultException.NotFound("host device", name);

    /// <summary>The device with a name; null if the host has none.</summary>
    public HostDeviceAvailability? Find(string name) => Devices.FirstOrDefault(device => device.Device.Name == name);

    /// <summary>Whether a VM has a device of this host.</summary>
    public bool Has(VmParts vm, HostDevice device) => vm.Pins.Any(pin => pin.Id == Host.Id)
        && vm.HostDevices.Any(attached => attached.Capability == device.Capability && attached.Name == device.Name);

    /// <summary>A device as a VM would get it, with all reasons against it.</summary>
    public AttachmentPreview Preview(HostDevice device, VmParts vm) => Preview(device, RequestOf(vm));

    /// <summary>A device as its owner has it, or as a new VM would get it; null if the category does not tell.</summary>
    public PreviewedDevice? LayoutOf(HostDevice device)
    {
        var owner = Vms.FirstOrDefault(vm => Has(vm, device));
        return Preview(device, owner is null ? RequestOfNewVm : RequestOf(owner)).Devices is [var previewed, ..] ? previewed : null;
    }

    /// <summary>The findings of all categories about an operation on a VM.</summary>
    public ValueList<Finding> Check(VmParts vm, HostDeviceOperation operation, params ReadOnlySpan<string> devices)
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
    public IEnumerable<Finding> RefusalsOfAll(VmParts vm) => Devices
        .Select(device => Preview(device.Device, vm).Attach.Findings
            .Where(finding => finding.Severity == Severity.Error && !finding.Code.StartsWith(OurPrefix, StringComparison.Ordinal)))
        .Aggregate((IEnumerable<Finding>?)null, (common, refusals) => common?.Intersect(refusals) ?? refusals) ?? [];

    private AttachmentPreview Preview(HostDevice device, HostDeviceRequest request) => CategoryOf(device.Capability).Preview(
        request with { Devices = [device.Name], Listing = Listings.First(listing => listing.Capability == device.Capability) });

    private HostDeviceRequest RequestOf(VmParts vm) => new()
    {
        Vm = vm.ToManaged(),
        OtherVms = managed.Where(other => other.Id != vm.Id).ToValueList(),
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
            Architecture = GuestArchitecture.FromName(Architecture),
            PinnedHosts = [Host.Reference],
            NumaNodes = [new GuestNumaNode(0, [])],
            Memory = ByteSize.FromGiB(1),
            MaxMemory = ByteSize.FromGiB(4),
        },
    };

    private IHostDeviceCategory CategoryOf(string capability) => categories.Find(capability)!;
}
