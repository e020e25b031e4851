using System.Globalization;

namespace Nvdimm.Extensions.Sizing;

/// <summary>Turns the bits of a result into findings with their figures.</summary>
internal static class LayoutFindings
{
    public static ValueList<Finding> Of(in SizingResult result)
    {
        var findings = new List<Finding>();
        for (var rest = (int)result.Bits; rest != 0; rest &= rest - 1)
        {
            findings.Add(Of((SizingFindings)(rest & -rest), result));
        }

        return findings.ToValueList();
    }

    private static Finding Of(SizingFindings bit, in SizingResult result)
    {
        var request = result.Request;
        var align = Text(result.Align.Bytes);
        var device = Text(request.DeviceSize.Bytes);
        var label = Text(request.LabelSize.Bytes);
        return bit switch
        {
            SizingFindings.ArchitectureUnsupported =>
                Finding.Error(NvdimmCodes.ArchitectureUnsupported, ("architecture", request.Architecture.Name)),
            SizingFindings.DeviceSizeOutOfRange => OutOfRange("device size", device, NvdimmSizer.MaximumSize),
            SizingFindings.LabelSizeOutOfRange => OutOfRange("label size", label, NvdimmSizer.MaximumLabelSize),
            SizingFindings.TargetSizeOutOfRange => OutOfRange("target size", Text(result.Target.Bytes), NvdimmSizer.MaximumSize),
            SizingFindings.TargetSizeNotKiB => Finding.Error(NvdimmCodes.TargetSizeNotKiB, ("targetSize", Text(result.Target.Bytes))),
            SizingFindings.AlignOutOfRange => OutOfRange("alignment", align, NvdimmSizer.MaximumSize),
            SizingFindings.LabelTooSmall => Finding.Error(NvdimmCodes.LabelTooSmall, ("labelSize", label)),
            SizingFindings.LabelNotKiB => Finding.Error(NvdimmCodes.LabelNotKiB, ("labelSize", label)),
            SizingFindings.AlignNotPowerOfTwo => Finding.Error(NvdimmCodes.AlignNotPowerOfTwo, ("align", align)),
            SizingFindings.AlignBelowPage =>
                Finding.Error(NvdimmCodes.AlignBelowPage, ("align", align), ("pageSize", Text(request.HostPageSize.Bytes))),
            SizingFindings.AlignIncompatible =>
                Finding.Error(NvdimmCodes.AlignIncompatible, ("align", align), ("hotPlugBlock", HotPlugBlock(result))),
            SizingFindings.DevdaxAlignUnknown => Finding.Error(NvdimmCodes.DevdaxAlignUnknown),
            SizingFindings.DevdaxAlignTooSmall =>
                Finding.Error(
                    NvdimmCodes.DevdaxAlignTooSmall, ("align", align), ("deviceAlign", Text(request.Align.GetValueOrDefault().Bytes))),
            SizingFindings.DeviceTooSmall => Finding.Error(NvdimmCodes.DeviceTooSmall, ("deviceSize", device), ("align", align)),
            SizingFindings.BelowLibvirtMinimum => Finding.Error(
                NvdimmCodes.BelowLibvirtMinimum,
                ("targetSize", Text(result.Target.Bytes)),
                ("labelSize", label),
                ("minimum", Text(LibvirtArithmetic.MinimumTargetSize(0, request.Architecture.Supported, request.Libvirt)))),
            SizingFindings.LargerThanDevice =>
                Finding.Error(
                    NvdimmCodes.LargerThanDevice,
                    ("backendSize", Text(QemuArithmetic.MappedSize(result.Backend.Bytes, request.HostPageSize.Bytes))),
                    ("deviceSize", device)),
            SizingFindings.DevdaxNotMultiple =>
                Finding.Error(
                    NvdimmCodes.DevdaxNotMultiple,
                    ("align", Text(request.Align.GetValueOrDefault().Bytes)),
                    ("backendSize", Text(result.Backend.Bytes))),
            SizingFindings.BackendNotPages => new Finding(
                NvdimmCodes.BackendNotPages,
                result.IsRefused ? Severity.Error : Severity.Warning,
                [("backendSize", Text(result.Backend.Bytes)), ("pageSize", Text(request.HostPageSize.Bytes))]),
            SizingFindings.VersionsDiffer => Finding.Error(
                NvdimmCodes.VersionsDiffer, ("oldest", HypervisorProfile.Oldest.Name), ("newest", HypervisorProfile.Newest.Name)),
            SizingFindings.HotPlugMisaligned => Finding.Warning(
                NvdimmCodes.HotPlugMisaligned,
                ("guestSize", Text(result.Guest.Bytes)),
                ("hotPlugBlock", Text(request.MemoryBlock!.Value.Bytes))),
            _ => throw new InvalidOperationException($"No finding for {bit}"),
        };
    }

    private static Finding OutOfRange(string what, string size, long limit) =>
        Finding.Error(NvdimmCodes.SizeOutOfRange, ("what", what), ("size", size), ("limit", Text(limit)));

    private static string HotPlugBlock(in SizingResult result) => Text(result.Request.Architecture.HotPlugBlock.Bytes);

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);
}
