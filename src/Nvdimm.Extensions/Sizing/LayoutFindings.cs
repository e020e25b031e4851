using System.Globalization;

namespace Nvdimm.Extensions.Sizing;

/// <summary>Puts the bits of a layout into findings with the figures that they are about.</summary>
internal static class LayoutFindings
{
    public static ValueList<Finding> Of(in NvdimmLayout layout)
    {
        var findings = new List<Finding>();
        for (var rest = (int)layout.Bits; rest != 0; rest &= rest - 1)
        {
            findings.Add(Of((SizingFindings)(rest & -rest), layout));
        }

        return findings.ToValueList();
    }

    private static Finding Of(SizingFindings bit, in NvdimmLayout layout)
    {
        var request = layout.Request;
        var align = Text(layout.AlignSize?.Bytes ?? 0);
        var device = Text(request.DeviceSize.Bytes);
        var label = Text(request.LabelSize.Bytes);
        return bit switch
        {
            SizingFindings.ArchitectureUnsupported => Finding.Error(NvdimmCodes.ArchitectureUnsupported, ("architecture", request.Architecture.Name)),
            SizingFindings.DeviceSizeOutOfRange => OutOfRange("device size", device, NvdimmSizer.MaximumSize),
            SizingFindings.LabelSizeOutOfRange => OutOfRange("label size", label, NvdimmSizer.MaximumLabelSize),
            SizingFindings.TargetSizeOutOfRange => OutOfRange("target size", Text(layout.TargetSize!.Value.Bytes), NvdimmSizer.MaximumSize),
            SizingFindings.TargetSizeNotKiB => Finding.Error(NvdimmCodes.TargetSizeNotKiB, ("targetSize", Text(layout.TargetSize!.Value.Bytes))),
            SizingFindings.AlignOutOfRange => OutOfRange("alignment", align, NvdimmSizer.MaximumSize),
            SizingFindings.LabelTooSmall => Finding.Error(NvdimmCodes.LabelTooSmall, ("labelSize", label)),
            SizingFindings.LabelNotKiB => Finding.Error(NvdimmCodes.LabelNotKiB, ("labelSize", label)),
            SizingFindings.AlignNotPowerOfTwo => Finding.Error(NvdimmCodes.AlignNotPowerOfTwo, ("align", align)),
            SizingFindings.AlignBelowPage =>
                Finding.Error(NvdimmCodes.AlignBelowPage, ("align", align), ("pageSize", Text(request.HostPageSize.Bytes))),
            SizingFindings.AlignIncompatible => Finding.Error(NvdimmCodes.AlignIncompatible, ("align", align), ("hotPlugBlock", HotPlugBlock(layout))),
            SizingFindings.DevdaxAlignUnknown => Finding.Error(NvdimmCodes.DevdaxAlignUnknown),
            SizingFindings.DevdaxAlignTooSmall =>
                Finding.Error(NvdimmCodes.DevdaxAlignTooSmall, ("align", align), ("deviceAlign", Text(request.Align!.Value.Bytes))),
            SizingFindings.DeviceTooSmall => Finding.Error(NvdimmCodes.DeviceTooSmall, ("deviceSize", device), ("align", align)),
            SizingFindings.BelowLibvirtMinimum => Finding.Error(
                NvdimmCodes.BelowLibvirtMinimum,
                ("targetSize", Text(layout.TargetSize!.Value.Bytes)),
                ("labelSize", label),
                ("minimum", Text(LibvirtArithmetic.MinimumTargetSize(0, request.Architecture.IsPower)))),
            SizingFindings.LargerThanDevice =>
                Finding.Error(NvdimmCodes.LargerThanDevice, ("backendSize", Text(layout.BackendSize!.Value.Bytes)), ("deviceSize", device)),
            SizingFindings.DevdaxNotMultiple =>
                Finding.Error(NvdimmCodes.DevdaxNotMultiple, ("align", Text(request.Align!.Value.Bytes)), ("backendSize", Text(layout.BackendSize!.Value.Bytes))),
            SizingFindings.HotPlugMisaligned => Finding.Warning(
                NvdimmCodes.HotPlugMisaligned, ("guestSize", Text(layout.GuestSize!.Value.Bytes)), ("hotPlugBlock", Text(layout.MemoryBlock!.Value.Bytes))),
            _ => throw new InvalidOperationException($"No finding for {bit}"),
        };
    }

    private static Finding OutOfRange(string what, string size, long limit) =>
        Finding.Error(NvdimmCodes.SizeOutOfRange, ("what", what), ("size", size), ("limit", Text(limit)));

    private static string HotPlugBlock(in NvdimmLayout layout) => Text(layout.Request.Architecture.HotPlugBlock.Bytes);

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
