namespace Nvdimm.Extensions.Host.Content;

/// <summary>Reads one format from the start of a device.</summary>
/// <param name="head">The first 68 KiB, or all of a smaller device.</param>
/// <returns>The content, possibly damaged; null if there is no signature.</returns>
internal delegate FoundContent? ContentFormat(ContentBytes head);
