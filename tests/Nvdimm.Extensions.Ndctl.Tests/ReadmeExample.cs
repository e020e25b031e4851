using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>The main path as the README shows it, to the letter.</summary>
internal static class ReadmeExample
{
    public static DomainXmlResult Attach(Stream ndctlOutput, string deviceName, VmDescription vm, string domainXml)
    {
        // shown in README.md: begin
        // 1. parse: every namespace of the host, usable or not, and what is odd about each
        NdctlListing listing = NdctlParser.Parse(ndctlOutput);
        NvdimmDevice device = DeviceSelector.Matches(listing.Devices, deviceName).Single();

        // 2. check: may this VM have it? All violations, errors and warnings, with codes and texts
        PolicyRequest request = new()
        {
            Operation = NvdimmOperation.Attach,
            Vm = vm,
            Host = new HostDescription { Devices = listing.Devices, IsComplete = listing.IsComplete },
            Devices = [deviceName],
        };
        PolicyVerdict verdict = NvdimmPolicy.Evaluate(request);
        if (!verdict.IsAllowed)
        {
            return new DomainXmlResult(null, verdict.Violations);
        }

        // 3. size: what oVirt writes, what libvirt makes of it, where the label is, what the guest sees
        SizingResult sized = DeviceSizing.LayoutFor(request, device)!.Value;

        // 4. write the element
        GuestNumaNode node = GuestNumaNode.ForDevice(vm.NumaNodes, device.NumaNode)!;
        NvdimmElementResult element = NvdimmElement.Create(device, sized, node.Index);
        if (element.Element is null)
        {
            return new DomainXmlResult(null, element.Findings);
        }

        // 5. apply it to the domain: <maxMemory> grows with it, everything else stays as it is
        return DomainXmlEditor.Add(domainXml, element.Element);

        // shown in README.md: end
    }
}
