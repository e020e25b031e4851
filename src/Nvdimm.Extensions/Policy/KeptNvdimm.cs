using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>A device that keeps a given layout; the policy computes none for it.</summary>
/// <param name="Name">Its kernel name in the listing.</param>
/// <param name="Layout">The layout to keep (<see cref="NvdimmSizer.Keep"/>).</param>
public sealed record KeptNvdimm(string Name, NvdimmLayout Layout);
