namespace Nvdimm.Extensions.Serialization;

/// <summary>An alignment.</summary>
internal sealed class AlignmentJsonConverter() : BytesJsonConverter<Alignment>(align => align.Bytes);
