using Microsoft.Extensions.DependencyInjection;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.DependencyInjection.Tests;

/// <summary>The readme's example of a management API, to the letter.</summary>
internal static class ReadmeExample
{
    public static async Task<DomainXmlResult> StartAsync(IServiceProvider provider, HostReference host, ManagedVm vm, ValueList<ManagedVm> otherVms, string domainXml)
    {
        // shown in src/Nvdimm.Extensions.DependencyInjection/README.md: begin
        HostDeviceCategories categories = provider.GetRequiredService<HostDeviceCategories>();
        ValueList<HostDeviceListing> listings = await categories.ListAsync(host);   // name, uuid, mode, size, alignment, NUMA node; usable, or why not
        var start = new HostDeviceRequest { Operation = HostDeviceOperation.Start, Vm = vm, OtherVms = otherVms };
        DomainXmlResult edited = categories.AddToDomain(domainXml, start, listings);
        if (edited.IsRefused)
        {
            return edited;                                                          // every reason; the VM does not start without its device
        }

        domainXml = edited.Xml;
        // shown in src/Nvdimm.Extensions.DependencyInjection/README.md: end
        return new DomainXmlResult(domainXml, []);
    }
}
