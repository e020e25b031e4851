using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Claims;

/// <summary>An exclusive claim on a device: one VM, one start.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Holder">The holder.</param>
/// <param name="At">When it was claimed, UTC.</param>
public sealed record DeviceClaim(DeviceIdentity Identity, ClaimHolder Holder, DateTimeOffset At);

/// <summary>The result of asking for a claim.</summary>
/// <param name="Claim">The claim; null if there is none.</param>
/// <param name="Findings">Why it was refused: <see cref="NvdimmCodes.ClaimHeld"/>, <see cref="NvdimmCodes.ClaimDamaged"/>.</param>
public sealed record DeviceClaimResult(DeviceClaim? Claim, ValueList<Finding> Findings);
