using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Samples;

/// <summary>A management API with a category of its own beside NVDIMMs. The API loops over all categories and names none of them.</summary>
internal static class OwnCategory
{
    public static async Task RunAsync(TextWriter output)
    {
        var inventory = new FakeInventory();
        inventory.Set("h1", new NvdimmInventory([SampleDevices.Usable()]));
        var categories = new HostDeviceCategories([new NvdimmCategory(inventory), new Watchdogs()]);
        foreach (var listing in await categories.ListAsync(new HostReference("h1", "host1")))
        {
            var title = categories.Find(listing.Capability)!.Title;
            await output.WriteLineAsync($"{title}: {string.Join(", ", listing.Devices.Select(device => device.Name))}");
        }
    }

    /// <summary>The watchdog timers of a host, of which a VM can have one. It has no rules of its own.</summary>
    private sealed class Watchdogs : IHostDeviceCategory
    {
        public string Capability => "watchdog";

        public string Title => "Watchdog";

        public Task<HostDeviceListing> ListAsync(
            HostReference host, IReadOnlyCollection<ReportedHostDevice>? reported = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new HostDeviceListing
            {
                Capability = Capability,
                Host = host,
                Devices = [new HostDevice { Capability = Capability, Name = "watchdog0" }],
            });

        public ValueList<HostDeviceAvailability> Availability(
            HostDeviceListing listing, IReadOnlyCollection<ManagedVm> vms, GuestArchitecture architecture = default) =>
            listing.Devices.Select(device => new HostDeviceAvailability(device, DeviceState.Free, "free")).ToValueList();

        public AttachmentPreview Preview(HostDeviceRequest request) => new([], new PolicyResult([]), new PolicyResult([]));

        public PolicyResult Check(HostDeviceRequest request) => new([]);

        public ValueList<OwnHostDevice> Find(HostDeviceRequest request) => (request.Vm?.HostDevices ?? [])
            .Where(device => request.Devices.Contains(device.Name))
            .Select(device => new OwnHostDevice(device, IsConfigured: true))
            .ToValueList();

        public bool IsSame(AttachedHostDevice one, AttachedHostDevice other) => one.Name == other.Name;

        public DomainXmlResult AddToDomain(string domainXml, HostDeviceRequest request) => new(domainXml, []);

        public ValueList<AuditFinding> Audit(HostDeviceAudit inventory) => [];
    }
}
