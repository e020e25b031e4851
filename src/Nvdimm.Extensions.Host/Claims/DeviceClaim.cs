using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Claims;

/// <summary>An exclusive claim on a device: one VM, one start.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="At">Since when.</param>
public sealed record DeviceClaim(DeviceIdentity Identity, ClaimHolder Holder, DateTimeOffset At);
