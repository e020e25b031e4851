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

    /// <summary>Whether its address is a slot, with or without a base.</summary>
    public bool TakesSlot => IsSlotModel(Model);

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
    // libvirt v9.0.0 and QEMU 7.2, measured: libvirt accepts a maxMemory that covers what it counts, then, other than on POWER, rounds the
    // sizes up, and QEMU refuses to start. libvirt rounds an NVDIMM on POWER down.
    public Int128 Share => Family.LabelIsOnTop && IsNvdimm ? Written.Bytes : RoundedUp;

    /// <summary>
    /// The bytes that libvirt counts when it compares the devices with <c>&lt;maxMemory&gt;</c>: the target size as written. On POWER it is
    /// rounded up to whole blocks; an NVDIMM's size without the label is rounded down, and the label added.
    /// </summary>
    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainMemoryDefPostParse, which rounds on POWER only. Measured with 9.0.0: a DIMM of 128
    // MiB needs 256 MiB there, and an NVDIMM of 700 MiB with a label of 128 KiB needs 524416 KiB.
    public Int128 Counted => !Family.LabelIsOnTop ? Written.Bytes : IsNvdimm ? WholeBlocks + Label.Bytes : RoundedUp;

    private Int128 Block => LibvirtArithmetic.DeviceBlock(Family, HypervisorProfile.Newest.Libvirt).Bytes;

    private Int128 RoundedUp
    {
        get
        {
            var step = Block;
            return (Written.Bytes + step - 1) / step * step;
        }
    }

    /// <summary>The size without the label, rounded down to whole blocks, as libvirt rounds an NVDIMM on POWER.</summary>
    private Int128 WholeBlocks => Int128.Max(0, Written.Bytes - Label.Bytes) / Block * Block;

    private Int128 GuestSize
    {
        get
        {
            Int128 align = Align?.Bytes ?? GuestFamily.LargestPage.Bytes;
            var whole = Family.LabelIsOnTop
                ? WholeBlocks
                : Int128.Max(0, RoundedUp - Label.Bytes);
            return whole / align * align;
        }
    }

    /// <summary>Whether devices of a model take a slot in every libvirt version.</summary>
    public static bool IsSlotModel(string? model) => model is "nvdimm" or "dimm";

    /// <summary>Reads a memory device; null with a finding if a size cannot be read.</summary>
    public static Reading<DomainMemoryDevice?> Read(XElement memory, GuestFamily family)
    {
        // libvirt 9.0.0 reads the label and the alignment of NVDIMMs only (measured).
        var model = (string?)memory.Attribute("model") ?? "";
        var target = memory.Element("target");
        var nvdimm = model == "nvdimm" ? memory : null;
        var (size, ofSize) = DomainSizes.Read(target?.Element("size"), memory, "size");
        var (label, ofLabel) = DomainSizes.ReadOptional(nvdimm?.Element("target")?.Element("label")?.Element("size"), "size");
        var (align, ofAlign) = DomainSizes.ReadOptional(nvdimm?.Element("source")?.Element("alignsize"), "alignsize");
        var findings = Reading.Join(ofSize, ofLabel, ofAlign);
        if (findings.Count > 0)
        {
            return new(null, findings);
        }

        return new DomainMemoryDevice(
            model,
            size!.Value,
            label ?? ByteSize.Zero,
            align is { Bytes: > 0 } ? align : null,
            family);
    }

    /// <summary>Creates the memory device of an NVDIMM that the domain will get.</summary>
    public static DomainMemoryDevice Of(NvdimmElement element, GuestFamily family) =>
        new("nvdimm", element.TargetSize, element.LabelSize ?? ByteSize.Zero, element.AlignSize, family);
}
