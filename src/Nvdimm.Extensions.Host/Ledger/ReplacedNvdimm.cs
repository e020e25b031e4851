namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>A device that another one replaces for a VM.</summary>
/// <param name="Old">The replaced device.</param>
/// <param name="By">The new device.</param>
internal sealed record ReplacedNvdimm(DeviceIdentity Old, DeviceIdentity By);
