using System.ComponentModel;
using System.Globalization;

namespace Nvdimm.Extensions.Serialization;

/// <summary>Lets configuration and Newtonsoft.Json read and write a value as text. A number is read as its digits.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="write">Returns the exact text of a value, which <see cref="IParsable{T}"/> reads back as the same value.</param>
internal abstract class ValueTypeConverter<T>(Func<T, string> write) : TypeConverter
    where T : struct, IParsable<T>
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || sourceType == typeof(long) || sourceType == typeof(int) || base.CanConvertFrom(context, sourceType);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not such a value.</exception>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value switch
    {
        string text => T.Parse(text, CultureInfo.InvariantCulture),
        long or int => T.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture),
        _ => base.ConvertFrom(context, culture, value),
    };

    /// <inheritdoc/>
    public override object? ConvertTo(ITypeDescriptorContext? context, CultureInfo? culture, object? value, Type destinationType) =>
        value is T exact && destinationType == typeof(string) ? write(exact) : base.ConvertTo(context, culture, value, destinationType);
}

/// <summary>Converts an alignment to and from its number of bytes.</summary>
internal sealed class AlignmentTypeConverter() : ValueTypeConverter<Alignment>(align => align.Bytes.ToString(CultureInfo.InvariantCulture));

/// <summary>Converts a size to and from its number of bytes.</summary>
internal sealed class ByteSizeTypeConverter() : ValueTypeConverter<ByteSize>(size => size.Bytes.ToString(CultureInfo.InvariantCulture));
