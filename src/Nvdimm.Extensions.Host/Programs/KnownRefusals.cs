namespace Nvdimm.Extensions.Host.Programs;

/// <summary>
/// The texts with which libvirt and QEMU refuse memory devices, and the codes that predict each. Any other text, such as that memory is
/// short, is about this host at this moment, and proves nothing.
/// </summary>
internal static class KnownRefusals
{
    // libvirt v9.0.0 src/conf/domain_conf.c, virDomainMemoryTargetDefParseXML, and src/qemu/qemu_domain.c,
    // qemuDomainNVDimmAlignSizePseries.
    private static readonly (string Text, string[] Codes)[] Libvirt =
    [
        ("label size must be smaller than NVDIMM size", [NvdimmCodes.DeviceTooSmall, NvdimmCodes.BelowLibvirtMinimum]),
        ("minimum target size for the NVDIMM must be 256MB plus the label size", [NvdimmCodes.BelowLibvirtMinimum]),
        ("nvdimm label must be at least 128KiB", [NvdimmCodes.LabelTooSmall]),
    ];

    // QEMU v7.2.0 softmmu/physmem.c, qemu_ram_alloc_from_fd and file_ram_alloc (the third text: system/physmem.c since v10.0.0);
    // hw/mem/nvdimm.c; hw/ppc/spapr_nvdimm.c and spapr.c; hw/mem/memory-device.c and pc-dimm.c; hw/i386/pc.c.
    private static readonly (string Text, string[] Codes)[] Qemu =
    [
        ("is too small to contain nvdimm label", [NvdimmCodes.DeviceTooSmall, NvdimmCodes.BelowLibvirtMinimum]),
        ("does not match 'size' option", [NvdimmCodes.LargerThanDevice]),
        ("is too small for 'size' option", [NvdimmCodes.LargerThanDevice]),
        ("' memory size must be multiple of", [NvdimmCodes.BackendNotPages]),
        ("must be a power of two", [NvdimmCodes.AlignNotPowerOfTwo]),
        ("must be multiples of page size", [NvdimmCodes.AlignBelowPage]),
        ("is required at least", [NvdimmCodes.LabelTooSmall]),
        ("PAPR requires NVDIMM memory size (excluding label) to be a multiple of", []),
        ("could not find position in guest address space for memory device", [NvdimmCodes.DimmNoRoom]),
        ("not enough space, currently", [NvdimmCodes.DimmNoRoom]),
        ("can't add memory device", [NvdimmCodes.DimmNoRoom]),
        ("no free slots available", [NvdimmCodes.DimmNoRoom]),
        ("memory devices (e.g. for memory hotplug) are not enabled", [NvdimmCodes.DimmNoRoom]),
        ("Hotplugged memory size must be a multiple of", [NvdimmCodes.DimmSize]),
        ("backend memory size must be multiple of", [NvdimmCodes.DimmSize]),
        ("address range conflicts with memory device", []),
        ("phys-bits too low", [NvdimmCodes.XmlAddressBits]),
    ];

    /// <summary>Whether this is a text with which libvirt refuses an NVDIMM.</summary>
    public static bool IsOfLibvirt(string words) => IsIn(Libvirt, words);

    /// <summary>Whether this is a text with which QEMU refuses a memory device.</summary>
    public static bool IsOfQemu(string words) => IsIn(Qemu, words);

    /// <summary>Whether one of these codes predicts this text, of either program.</summary>
    public static bool IsPredicted(string? words, IEnumerable<string> codes) => words is not null
        && Libvirt.Concat(Qemu).Any(refusal => words.Contains(refusal.Text, StringComparison.Ordinal)
            && refusal.Codes.Intersect(codes, StringComparer.Ordinal).Any());

    private static bool IsIn((string Text, string[] Codes)[] known, string words) =>
        Array.Exists(known, refusal => words.Contains(refusal.Text, StringComparison.Ordinal));
}
