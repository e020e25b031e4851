using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>Devices, elements and domains for the tests of this folder.</summary>
internal static class DomainSamples
{
    public static readonly Guid HostUuid = new("8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11");

    public static string Minimal { get; } =
        """<domain><name>vm</name><memory>1048576</memory><os><type arch="x86_64">hvm</type></os><features><acpi/></features><cpu><numa><cell cpus="0" memory="1048576"/></numa></cpu><devices><memballoon model="none"/></devices></domain>""";

    public static NvdimmDevice Device(string path = "/dev/pmem0", long sizeMiB = 1024, long alignKiB = 2048, Guid? uuid = null) => new()
    {
        Name = "namespace0.0",
        Path = path,
        Size = ByteSize.FromMiB(sizeMiB),
        Align = Alignment.FromKiB(alignKiB),
        Uuid = uuid,
    };

    public static NvdimmLayout Layout(NvdimmDevice device, GuestArchitecture architecture = default) =>
        NvdimmSizer.Size(new SizingRequest(architecture, device.Size!.Value) { Align = device.Align }).Layout!;

    public static NvdimmElement Element(string path = "/dev/pmem0", int node = 0, long sizeMiB = 1024, long alignKiB = 2048, string? alias = null)
    {
        var device = Device(path, sizeMiB, alignKiB);
        return NvdimmElement.Create(device, Layout(device), node, alias).Element!;
    }

    public static NvdimmElement PowerElement(string path = "/dev/pmem0", int node = 0)
    {
        var device = Device(path, sizeMiB: 513, alignKiB: 64, HostUuid);
        return NvdimmElement.Create(device, Layout(device, GuestArchitecture.Ppc64), node).Element!;
    }

    public static string[] Codes(IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Code)];
}
