using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Policy;

/// <summary>A device whose layout is not computed, but stays what it was.</summary>
/// <param name="Name">Its kernel name in the listing.</param>
/// <param name="Layout">The layout (<see cref="NvdimmSizer.Keep"/>).</param>
public sealed record KeptNvdimm(string Name, NvdimmLayout Layout);
