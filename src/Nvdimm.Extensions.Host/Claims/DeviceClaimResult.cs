namespace Nvdimm.Extensions.Host.Claims;

/// <summary>The result of asking for a claim.</summary>
/// <param name="Claim">The claim; null if there is none.</param>
/// <param name="Findings">Why it was refused: <see cref="NvdimmCodes.ClaimHeld"/>, <see cref="NvdimmCodes.ClaimDamaged"/>.</param>
public sealed record DeviceClaimResult(DeviceClaim? Claim, ValueList<Finding> Findings);
