namespace Nvdimm.Extensions.Host.Claims;

/// <summary>A symbolic link that holds a claim.</summary>
/// <param name="Path">The link.</param>
/// <param name="Claim">The claim; null where the text is none.</param>
/// <param name="Damage">That the text is no claim on the device; null where it is one.</param>
internal sealed record ClaimLink(string Path, DeviceClaim? Claim, Finding? Damage);
