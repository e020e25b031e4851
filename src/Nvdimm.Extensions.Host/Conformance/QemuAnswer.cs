namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What QEMU does with an NVDIMM: it starts with a guest size, or refuses.</summary>
/// <param name="Command">What reproduces it in a shell.</param>
/// <param name="GuestSize">What the guest would see; null where QEMU refuses.</param>
/// <param name="Refusal">Its own words; null where it starts.</param>
internal sealed record QemuAnswer(string Command, ByteSize? GuestSize, string? Refusal);
