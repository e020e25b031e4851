namespace Nvdimm.Extensions.Serialization;

/// <summary>Reads and writes an alignment.</summary>
internal sealed class AlignmentJsonConverter() : BytesJsonConverter<Alignment>(align => align.Bytes);
