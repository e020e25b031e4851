using System.Globalization;

namespace Nvdimm.Extensions.Serialization;

/// <summary>A size as its number of bytes.</summary>
internal sealed class ByteSizeTypeConverter() : ValueTypeConverter<ByteSize>(size => size.Bytes.ToString(CultureInfo.InvariantCulture));
