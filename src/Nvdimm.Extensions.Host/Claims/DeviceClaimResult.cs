namespace Nvdimm.Extensions.Host.Claims;

/// <summary>What came of asking for a claim.</summary>
/// <param name="Claim">The claim; null where there is none.</param>
/// <param name="Findings">Why it was not given: <see cref="NvdimmCodes.ClaimHeld"/>, <see cref="NvdimmCodes.ClaimDamaged"/>.</param>
public sealed record DeviceClaimResult(DeviceClaim? Claim, ValueList<Finding> Findings);
