
namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A layout that could have put labels on a device.</summary>
/// <param name="Place">Where it puts them.</param>
/// <param name="Origin">What it is, for people: <c>the ledger's record</c>, <c>ovirt for x86_64 with alignment 2 MiB</c>.</param>
/// <param name="TargetSize">The target size that leads to it.</param>
/// <param name="AlignSize">The alignment that goes with it.</param>
public sealed record LayoutCandidate(LabelPlace Place, string Origin, ByteSize TargetSize, Alignment AlignSize);
