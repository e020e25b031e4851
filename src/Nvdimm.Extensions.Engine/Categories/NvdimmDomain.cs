using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Writes a VM's NVDIMMs into the domain with which it starts.</summary>
internal static class NvdimmDomain
{
    /// <summary>Returns the domain with all NVDIMMs of the VM, or every reason why the VM must not start.</summary>
    public static DomainXmlResult Add(string domainXml, NvdimmRequest start)
    {
        var result = start.Check();
        if (!result.IsAllowed)
        {
            return new DomainXmlResult(null, result.Findings);
        }

        var elements = OwnNvdimms.Of(start.Policy.Vm!).Configured.Select(attached => Element(start, attached)).ToValueList();
        if (elements.Any(element => element.IsRefused))
        {
            return new DomainXmlResult(null, [.. result.Findings, .. elements.SelectMany(element => element.Findings)]);
        }

        var edited = DomainXmlEditor.Add(domainXml, [.. elements.Select(element => element.Element!)]);
        return edited with { Findings = [.. result.Findings, .. edited.Findings] };
    }

    private static NvdimmElementResult Element(NvdimmRequest start, AttachedNvdimm attached)
    {
        var device = start.Policy.Host?.Devices
            .FirstOrDefault(device => string.Equals(device.Name, attached.Name, StringComparison.Ordinal));
        return device is not null && DeviceSizing.LayoutFor(start.Policy, device) is { } sized && NodeOf(start, device) is { } node
            ? NvdimmElement.Create(device, sized, node)
            : new NvdimmElementResult(null,
            [
                Finding.Error(
                    NvdimmCodes.Unusable, ("device", attached.Name), ("reasons", "Its size or its guest NUMA node is not known.")),
            ]);
    }

    private static int? NodeOf(NvdimmRequest start, NvdimmDevice device) =>
        GuestNumaNode.ForDevice(start.Policy.Vm!.NumaNodes, device.NumaNode)?.Index;
}
