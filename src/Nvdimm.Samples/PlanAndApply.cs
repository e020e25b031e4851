using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Samples;

/// <summary>Checks whether a VM may start with a device, and writes the device into its domain.</summary>
internal static class PlanAndApply
{
    private const string Domain =
        """
        <domain type='kvm'>
          <name>db1</name>
          <memory unit='GiB'>1</memory>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <features><acpi/></features>
          <cpu><numa><cell id='0' cpus='0' memory='1' unit='GiB'/></numa></cpu>
          <devices/>
        </domain>
        """;

    public static async Task RunAsync(TextWriter output)
    {
        NvdimmDevice device = SampleDevices.Usable();
        var vm = new VmDescription
        {
            Name = "db1",
            PinnedHosts = ["host1"],
            NumaNodes = [new GuestNumaNode(Index: 0, HostNodes: [0])],
            Memory = ByteSize.FromGiB(1),
            MaxMemory = ByteSize.FromGiB(16),
            Nvdimms = [new AttachedNvdimm(device.Name, device.Uuid)],
        };
        var start = new PolicyRequest
        {
            Operation = HostDeviceOperation.Start,
            Vm = vm,
            Host = new HostDescription { Name = "host1", Devices = [device] },
        };

        PolicyResult mayStart = NvdimmPolicy.Check(start);
        if (!mayStart.IsAllowed || DeviceSizing.LayoutFor(start, device) is not { } sized)
        {
            await output.WriteLineAsync($"refused: {string.Join(" ", mayStart.Findings.Select(finding => finding.Message))}");
            return;
        }

        NvdimmElementResult element = NvdimmElement.Create(device, sized, guestNode: 0);
        DomainXmlResult edited = DomainXmlEditor.Add(Domain, element.Element!);
        await output.WriteLineAsync(edited.Xml);
    }
}
