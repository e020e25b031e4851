using System.Globalization;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// A value of an answer. A real engine sends numbers and booleans as strings where its documentation shows bare values, so scalars are kept
/// as text. Absent and null values are equal.
/// </summary>
internal sealed record WireValue(string? Text, IReadOnlyDictionary<string, WireValue>? Members, IReadOnlyList<WireValue>? Items)
{
    public static WireValue Nothing { get; } = new(null, null, null);

    /// <summary>The member with a name; <see cref="Nothing"/> if there is none.</summary>
    public WireValue this[string name] => Members?.GetValueOrDefault(name) ?? Nothing;

    /// <summary>The items of a collection <c>{"host":[…]}</c>; empty if it is absent. A single object counts as one item.</summary>
    /// <exception cref="UnexpectedAnswerException">The value is not a collection, and must not be taken for an empty one.</exception>
    public IEnumerable<WireValue> ItemsOf(string name) => this switch
    {
        { Members: null, Text: null, Items: null } => [],
        { Members: null } => throw new UnexpectedAnswerException($"the answer has no collection of '{name}'"),
        _ => this[name] switch
        {
            { Items: { } items } => items,
            { Members: not null } single => [single],
            { Text: null } => [],
            _ => throw new UnexpectedAnswerException($"'{name}' in the answer is no collection"),
        },
    };

    public long? Number => long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool? Flag => bool.TryParse(Text, out var flag) ? flag : null;
}
