using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>A memory device of a domain as libvirt and QEMU reckon with it.</summary>
/// <param name="Model">The model, such as <c>nvdimm</c>; empty where there is none.</param>
/// <param name="Written">The target size as written, in whole KiB.</param>
/// <param name="Label">The label area; zero without.</param>
/// <param name="Align">The alignment that is written; null for none.</param>
/// <param name="Family">By whose rules libvirt judges it.</param>
internal sealed record DomainMemoryDevice(string Model, ByteSize Written, ByteSize Label, ByteSize? Align, GuestFamily Family)
{
    /// <summary>Whether it is an NVDIMM.</summary>
    public bool IsNvdimm => Model == "nvdimm";

    /// <summary>
    /// The room in bytes that it takes behind the guest's RAM in QEMU; an NVDIMM takes what its guest sees. Where the alignment is left to
    /// QEMU and the host's page is not known, the least that it can be. SGX memory takes none there. (QEMU 7.2 and libvirt 9.0.0, measured.)
    /// </summary>
    public Int128 Room => Model switch
    {
        "sgx-epc" => 0,
        "nvdimm" => GuestSize,
        _ => RoundedUp,
    };

    /// <summary>What QEMU aligns its place to at least, in bytes: the alignment, or the smallest page of a host.</summary>
    public long LeastAlign => Align?.Bytes ?? GuestFamily.SmallestPage.Bytes;

    /// <summary>The share of <c>&lt;maxMemory&gt;</c> that is always enough for it: the size as libvirt gives it to QEMU.</summary>
    // libvirt v9.0.0 and QEMU 7.2, measured: libvirt lets a maxMemory pass that covers the memory and the target sizes as written, then
    // rounds them up, and QEMU refuses to start. An NVDIMM of POWER is rounded down.
    public Int128 Share => Family.LabelIsOnTop ? Written.Bytes : RoundedUp;

    private Int128 Block => LibvirtArithmetic.DeviceBlock(Family, HypervisorProfile.Newest.Libvirt).Bytes;

    private Int128 RoundedUp
    {
        get
        {
            var step = Block;
            return (Written.Bytes + step - 1) / step * step;
        }
    }

    private Int128 GuestSize
    {
        get
        {
            Int128 align = Align?.Bytes ?? GuestFamily.LargestPage.Bytes;
            var block = Block;
            var whole = Family.LabelIsOnTop
                ? Int128.Max(0, Written.Bytes - Label.Bytes) / block * block
                : Int128.Max(0, RoundedUp - Label.Bytes);
            return whole / align * align;
        }
    }

    /// <summary>Reads one; null with a finding where a size cannot be read.</summary>
    public static DomainMemoryDevice? Read(XElement memory, GuestFamily family, List<Finding> findings)
    {
        var before = findings.Count;
        var target = memory.Element("target");
        var size = DomainSizes.Read(target?.Element("size"), memory, "size", findings);
        var label = DomainSizes.ReadOptional(target?.Element("label")?.Element("size"), "size", findings);
        var align = DomainSizes.ReadOptional(memory.Element("source")?.Element("alignsize"), "alignsize", findings);
        return findings.Count > before
            ? null
            : new DomainMemoryDevice(
                (string?)memory.Attribute("model") ?? "", size!.Value, label ?? ByteSize.Zero, align is { Bytes: > 0 } ? align : null, family);
    }

    /// <summary>An NVDIMM that a domain is to have.</summary>
    public static DomainMemoryDevice Of(NvdimmElement element, GuestFamily family) =>
        new("nvdimm", element.TargetSize, element.LabelSize ?? ByteSize.Zero, element.AlignSize, family);
}
