using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions;

/// <summary>Refuses null where it enters, so that it is not found later and elsewhere.</summary>
internal static class NullArgument
{
    /// <summary>Returns the value if it is not null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The property or parameter. Default: the property being set.</param>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static T Checked<T>(T? value, [CallerMemberName] string name = "")
        where T : class => value ?? throw new ArgumentNullException(name);

    /// <summary>Refuses null and items that are null.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> or one of them is null.</exception>
    public static void ThrowIfAny<T>(IEnumerable<T?> items, [CallerArgumentExpression(nameof(items))] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, name);
        var index = 0;
        foreach (var item in items)
        {
            if (item is null)
            {
                throw new ArgumentNullException(name, $"Item {index} is null");
            }

            index++;
        }
    }
}
