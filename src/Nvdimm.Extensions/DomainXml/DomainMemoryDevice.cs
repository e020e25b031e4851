using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>A memory device of a domain, with the sizes that libvirt and QEMU compute from it.</summary>
/// <param name="Model">The model, such as <c>nvdimm</c>; empty if there is none.</param>
/// <param name="Written">The target size as written, in whole KiB.</param>
/// <param name="Label">The size of the label area; zero if there is none.</param>
/// <param name="Align">The alignment as written; null for none.</param>
/// <param name="Family">The family whose rules libvirt applies.</param>
internal sealed record DomainMemoryDevice(string Model, ByteSize Written, ByteSize Label, ByteSize? Align, GuestFamily Family)
{
    /// <summary>Whether it is an NVDIMM.</summary>
    public bool IsNvdimm => Model == "nvdimm";

    /// <summary>
    /// The bytes that the device takes after the guest's RAM in QEMU: for an NVDIMM its guest size. If QEMU chooses the alignment and the
    /// host's page size is not known, this is the smallest possible value. SGX memory takes none there (QEMU 7.2 and libvirt 9.0.0,
    /// measured).
    /// </summary>
    public Int128 Room => Model switch
    {
        "sgx-epc" => 0,
        "nvdimm" => GuestSize,
        _ => RoundedUp,
    };

    /// <summary>
    /// The smallest unit to which QEMU can align the device's address, in bytes: its alignment, or the smallest page size of a host.
    /// </summary>
    public long LeastAlign => Align?.Bytes ?? GuestFamily.SmallestPage.Bytes;

    /// <summary>
    /// The bytes of <c>&lt;maxMemory&gt;</c> that are always enough for the device: its size as libvirt gives it to QEMU.
    /// </summary>
    // libvirt v9.0.0 and QEMU 7.2, measured: libvirt accepts a maxMemory that covers the memory and the target sizes as written, then
    // rounds the sizes up, and QEMU refuses to start. libvirt rounds an NVDIMM on POWER down.
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

    /// <summary>Reads a memory device; null with a finding if a size cannot be read.</summary>
    public static Reading<DomainMemoryDevice?> Read(XElement memory, GuestFamily family)
    {
        var target = memory.Element("target");
        var (size, ofSize) = DomainSizes.Read(target?.Element("size"), memory, "size");
        var (label, ofLabel) = DomainSizes.ReadOptional(target?.Element("label")?.Element("size"), "size");
        var (align, ofAlign) = DomainSizes.ReadOptional(memory.Element("source")?.Element("alignsize"), "alignsize");
        var findings = Reading.Join(ofSize, ofLabel, ofAlign);
        if (findings.Count > 0)
        {
            return new(null, findings);
        }

        return new DomainMemoryDevice(
            (string?)memory.Attribute("model") ?? "",
            size!.Value,
            label ?? ByteSize.Zero,
            align is { Bytes: > 0 } ? align : null,
            family);
    }

    /// <summary>Creates the memory device of an NVDIMM that the domain will get.</summary>
    public static DomainMemoryDevice Of(NvdimmElement element, GuestFamily family) =>
        new("nvdimm", element.TargetSize, element.LabelSize ?? ByteSize.Zero, element.AlignSize, family);
}
