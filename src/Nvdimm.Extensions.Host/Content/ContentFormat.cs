namespace Nvdimm.Extensions.Host.Content;

/// <summary>Reads one format from the start of a device.</summary>
/// <param name="head">The first 68 KiB, or all of a smaller device.</param>
/// <returns>What it is, possibly damaged; null where its signature is not there.</returns>
internal delegate FoundContent? ContentFormat(ContentBytes head);
