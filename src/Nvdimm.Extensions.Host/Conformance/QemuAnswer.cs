namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>QEMU's answer about an NVDIMM: it starts with a guest size, or refuses.</summary>
/// <param name="Command">A shell command that reproduces it.</param>
/// <param name="GuestSize">The size that the guest would see; null if QEMU refuses.</param>
/// <param name="Refusal">QEMU's own words; null if it starts.</param>
internal sealed record QemuAnswer(string Command, ByteSize? GuestSize, string? Refusal);
