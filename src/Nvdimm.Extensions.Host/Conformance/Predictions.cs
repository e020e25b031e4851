using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The predictions that the installed programs are compared with.</summary>
/// <param name="Layout">Predicts the layout of a device.</param>
/// <param name="WithoutAlign">Predicts the layout of a device in a domain with this target size and without an alignment.</param>
/// <param name="HotPlug">Predicts the places of plugged memory.</param>
/// <param name="IsBehindAddresses">Predicts whether QEMU refuses a domain because its memory ends behind the CPU's last address.</param>
internal sealed record Predictions(
    Func<SizingRequest, SizingResult> Layout,
    Func<SizingRequest, ByteSize, SizingResult> WithoutAlign,
    Func<MemoryHotPlugRequest, MemoryHotPlugPlan> HotPlug,
    Func<string, bool> IsBehindAddresses)
{
    public static Predictions OfTheCore { get; } = new(
        request => NvdimmSizer.Size(request),
        (request, target) => NvdimmSizer.Keep(request, target, alignSize: null),
        MemoryHotPlug.Plan,
        domain => DomainRefusals.Check(domain)
            .Any(finding => finding is { Code: NvdimmCodes.XmlAddressBits, Severity: Severity.Error }));
}
