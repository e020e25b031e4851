using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>
/// A case that could not be probed, because QEMU took too long. Nothing is known about it, nor about any other device of that size.
/// </summary>
/// <param name="Architecture">The guest's architecture.</param>
/// <param name="DeviceSize">The size of the host's device.</param>
/// <param name="Align">The alignment that the device reports; null for none.</param>
public sealed record UnprobedCase(GuestArchitecture Architecture, ByteSize DeviceSize, Alignment? Align);
