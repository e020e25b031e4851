using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions;

/// <summary>
/// Refuses undefined enum values, such as an operation of a newer version: no rule knows it, so none would refuse it. The caller names the
/// last value, because asking .NET for the values costs a start of the hook half a millisecond. The values count from 0 without a gap. A
/// design rule compares each call with its enum.
/// </summary>
internal static class EnumArgument
{
    /// <summary>Returns the value if the enum defines it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="last">The last value that the enum defines.</param>
    /// <param name="name">The property or parameter. Default: the property being set.</param>
    /// <exception cref="ArgumentOutOfRangeException">The enum does not define the value.</exception>
    public static T Checked<T>(T value, T last, [CallerMemberName] string name = "")
        where T : struct, Enum => Unsafe.BitCast<T, uint>(value) <= Unsafe.BitCast<T, uint>(last)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{typeof(T).Name} has no value {value}");

    /// <summary>Returns the value if it is null or the enum defines it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum does not define the value.</exception>
    public static T? Checked<T>(T? value, T last, [CallerMemberName] string name = "")
        where T : struct, Enum => value is { } given ? Checked(given, last, name) : null;

    /// <summary>Returns the values if the enum defines all of them.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The enum does not define one of the values.</exception>
    public static ValueList<T> Checked<T>(ValueList<T> values, T last, [CallerMemberName] string name = "")
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(values, name);
        foreach (var value in values)
        {
            Checked(value, last, name);
        }

        return values;
    }
}
