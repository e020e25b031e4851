namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What QEMU is told about an NVDIMM.</summary>
/// <param name="Size">The size of the backend.</param>
/// <param name="LabelSize">The size of the label area.</param>
/// <param name="Align">The alignment in bytes, not necessarily a power of two; null where it is not told.</param>
/// <param name="Uuid">The uuid, which only POWER has.</param>
internal readonly record struct QemuBackend(ByteSize Size, ByteSize LabelSize, long? Align, string? Uuid);
