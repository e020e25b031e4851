using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Samples;

/// <summary>Predicts what libvirt, QEMU and the guest make of each device in the output of <c>ndctl list -N -v</c>.</summary>
internal static class SizeADevice
{
    public static async Task RunAsync(TextWriter output)
    {
        NdctlListing listing = NdctlParser.Parse(SampleDevices.AllModesJson);
        foreach (var device in listing.Devices.Where(device => device is { IsUsable: true, Size: not null }))
        {
            SizingResult sized = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, device.Size!.Value) { Align = device.Align });
            await output.WriteLineAsync(sized.Layout is { } layout
                ? $"{device.Name}: {layout.TargetSize.Bytes} bytes in <size>, {layout.GuestSize} for the guest"
                : $"{device.Name}: {string.Join(" ", sized.Findings.Select(finding => finding.Message))}");
        }
    }
}
