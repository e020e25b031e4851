namespace Nvdimm.Extensions.Sizing;

/// <summary>The findings of a layout as bits, so that sizing does not allocate.</summary>
[Flags]
internal enum SizingFindings
{
    None = 0,
    ArchitectureUnsupported = 1 << 0,
    DeviceSizeOutOfRange = 1 << 1,
    LabelSizeOutOfRange = 1 << 2,
    AlignOutOfRange = 1 << 3,
    LabelTooSmall = 1 << 4,
    LabelNotKiB = 1 << 5,
    AlignNotPowerOfTwo = 1 << 6,
    AlignBelowPage = 1 << 7,
    AlignIncompatible = 1 << 8,
    DevdaxAlignUnknown = 1 << 9,
    DeviceTooSmall = 1 << 10,
    BelowLibvirtMinimum = 1 << 11,
    LargerThanDevice = 1 << 12,
    DevdaxNotMultiple = 1 << 13,
    HotPlugMisaligned = 1 << 14,
    TargetSizeOutOfRange = 1 << 15,
    TargetSizeNotKiB = 1 << 16,
    DevdaxAlignTooSmall = 1 << 17,
    VersionsDiffer = 1 << 18,
    BackendNotPages = 1 << 19,
}
