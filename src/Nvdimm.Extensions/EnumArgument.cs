using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions;

/// <summary>
/// Refuses numbers that no value of an enum has, such as an operation of a newer version: no rule would speak against what none of them knows.
/// </summary>
internal static class EnumArgument
{
    /// <summary>The value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The property or parameter. Default: the property that is set.</param>
    /// <exception cref="ArgumentOutOfRangeException">The enum has no such value.</exception>
    public static T Checked<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{typeof(T).Name} has no value {value}");

    /// <summary>The value; null stays null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum has no such value.</exception>
    public static T? Checked<T>(T? value, [CallerMemberName] string name = "")
        where T : struct, Enum => value is { } given ? Checked(given, name) : null;

    /// <summary>The values.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The enum has no value of one of them.</exception>
    public static ValueList<T> Checked<T>(ValueList<T> values, [CallerMemberName] string name = "")
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(values, name);
        foreach (var value in values)
        {
            Checked(value, name);
        }

        return values;
    }
}
