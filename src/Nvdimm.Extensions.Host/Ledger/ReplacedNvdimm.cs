namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>A device in whose place a VM uses another one from now on.</summary>
/// <param name="Old">The device.</param>
/// <param name="By">The other one.</param>
public sealed record ReplacedNvdimm(DeviceIdentity Old, DeviceIdentity By);
