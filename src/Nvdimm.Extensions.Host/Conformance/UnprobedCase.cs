using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>A case that could not be probed, as QEMU took too long: nothing is known of it, and of no other device as large.</summary>
/// <param name="Architecture">The guest's architecture.</param>
/// <param name="DeviceSize">The size of the host's device.</param>
/// <param name="Align">The alignment that the device reports; null for none.</param>
public sealed record UnprobedCase(GuestArchitecture Architecture, ByteSize DeviceSize, Alignment? Align);
