using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Nvdimm.Extensions.Serialization;

namespace Nvdimm.Extensions;

/// <summary>
/// An immutable list that equals another list with equal items in the same order, so that records with lists compare by value. Safe for use
/// by several threads.
/// </summary>
[JsonConverter(typeof(ValueListJsonConverterFactory))]
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly ImmutableArray<T> items;

    /// <summary>Creates a list of items; for Newtonsoft.Json. Other code calls <see cref="ValueList.ToValueList"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> is null.</exception>
    public ValueList(IEnumerable<T> items)
        : this(ImmutableCollectionsMarshal.AsImmutableArray((items ?? throw new ArgumentNullException(nameof(items))).ToArray()))
    {
    }

    internal ValueList(ImmutableArray<T> items) => this.items = items;

    /// <summary>The empty list.</summary>
    public static ValueList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) => other is not null && items.SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns the items in brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", items)}]";

    /// <summary>Enumerates the items. A <c>foreach</c> allocates nothing and calls no interface.</summary>
    public ImmutableArray<T>.Enumerator GetEnumerator() => items.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)items).GetEnumerator();
}

/// <summary>Creates lists of type <see cref="ValueList{T}"/>.</summary>
public static class ValueList
{
    /// <summary>Creates a list of items; for collection expressions.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ValueList<T>.Empty : new ValueList<T>([.. items]);

    /// <summary>Returns the items as a list; the same object if it already is one, and the empty list for an empty collection.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> is null.</exception>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items switch
        {
            ValueList<T> list => list,
            ICollection<T> { Count: 0 } => ValueList<T>.Empty,
            _ => new ValueList<T>(items),
        };
    }
}
