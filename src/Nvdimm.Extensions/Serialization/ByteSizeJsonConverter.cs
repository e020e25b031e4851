namespace Nvdimm.Extensions.Serialization;

/// <summary>Reads and writes a size.</summary>
internal sealed class ByteSizeJsonConverter() : BytesJsonConverter<ByteSize>(size => size.Bytes);
