
namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A layout that could have put labels on a device.</summary>
/// <param name="Place">The place where it puts the labels.</param>
/// <param name="Origin">Its description in words: <c>the ledger's record</c>, <c>ovirt for x86_64 with alignment 2 MiB</c>.</param>
/// <param name="TargetSize">The target size of the layout.</param>
/// <param name="AlignSize">The alignment of the layout.</param>
public sealed record LayoutCandidate(LabelPlace Place, string Origin, ByteSize TargetSize, Alignment AlignSize);
