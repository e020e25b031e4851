using System.Globalization;

namespace Nvdimm.Extensions.Serialization;

/// <summary>Converts an alignment to and from its number of bytes.</summary>
internal sealed class AlignmentTypeConverter() : ValueTypeConverter<Alignment>(align => align.Bytes.ToString(CultureInfo.InvariantCulture));
