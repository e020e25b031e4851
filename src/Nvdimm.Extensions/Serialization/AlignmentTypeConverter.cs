using System.Globalization;

namespace Nvdimm.Extensions.Serialization;

/// <summary>An alignment as its number of bytes.</summary>
internal sealed class AlignmentTypeConverter() : ValueTypeConverter<Alignment>(align => align.Bytes.ToString(CultureInfo.InvariantCulture));
