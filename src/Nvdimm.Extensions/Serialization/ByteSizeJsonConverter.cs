namespace Nvdimm.Extensions.Serialization;

/// <summary>A size.</summary>
internal sealed class ByteSizeJsonConverter() : BytesJsonConverter<ByteSize>(size => size.Bytes);
