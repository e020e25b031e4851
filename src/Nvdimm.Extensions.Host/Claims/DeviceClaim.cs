using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Claims;

/// <summary>An exclusive claim on a device: one VM, one start.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Holder">The holder.</param>
/// <param name="At">When it was claimed, UTC.</param>
public sealed record DeviceClaim(DeviceIdentity Identity, ClaimHolder Holder, DateTimeOffset At);
