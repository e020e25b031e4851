using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What the installed programs are compared with.</summary>
/// <param name="Layout">The layout of a device.</param>
/// <param name="WithoutAlign">The layout of a device in a domain with this target size and no alignment.</param>
/// <param name="HotPlug">Where memory lands.</param>
internal sealed record Predictions(
    Func<SizingRequest, SizingResult> Layout, Func<SizingRequest, ByteSize, SizingResult> WithoutAlign, Func<MemoryHotPlugRequest, MemoryHotPlugPlan> HotPlug)
{
    public static Predictions OfTheCore { get; } = new(
        request => NvdimmSizer.Size(request),
        (request, target) => NvdimmSizer.Keep(request, target, alignSize: null),
        MemoryHotPlug.Plan);
}
