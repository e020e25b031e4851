namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The options of an NVDIMM on QEMU's command line.</summary>
/// <param name="Size">The size of the backend.</param>
/// <param name="LabelSize">The size of the label area.</param>
/// <param name="Align">The alignment in bytes, not necessarily a power of two; null if there is none.</param>
/// <param name="Uuid">The uuid, on POWER only.</param>
internal readonly record struct QemuBackend(ByteSize Size, ByteSize LabelSize, long? Align, string? Uuid);
