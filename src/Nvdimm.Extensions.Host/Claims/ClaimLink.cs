namespace Nvdimm.Extensions.Host.Claims;

/// <summary>The symbolic link of a claim.</summary>
/// <param name="Path">The path of the link.</param>
/// <param name="Claim">The claim; null if the text is not a claim.</param>
/// <param name="Damage">The finding that the text is not a claim on the device; null if it is one.</param>
internal sealed record ClaimLink(string Path, DeviceClaim? Claim, Finding? Damage);
