using System.Globalization;

namespace Nvdimm.Extensions.Serialization;

/// <summary>Converts a size to and from its number of bytes.</summary>
internal sealed class ByteSizeTypeConverter() : ValueTypeConverter<ByteSize>(size => size.Bytes.ToString(CultureInfo.InvariantCulture));
