using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>
/// The words by which a type of entity can be searched, as in the engine (oVirt Engine 4.5, <c>modules/searchbackend</c>).
/// </summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="kind">The plural name of the type, in messages.</param>
internal sealed class SearchSchema<T>(string kind)
{
    private readonly Dictionary<string, SearchField<T>> fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields that bare words are searched in.</summary>
    public IEnumerable<SearchField<T>> Free => fields.Values.Where(word => word.IsFree);

    /// <summary>Adds a field.</summary>
    public SearchSchema<T> With(string name, SearchField<T> field)
    {
        fields.Add(name, field);
        return this;
    }

    /// <summary>Adds related entities of another type: <c>host.name</c> and <c>hosts.name</c>, and <c>host</c> for the name.</summary>
    /// <param name="single">Their singular name; the plural has one more <c>s</c>.</param>
    /// <param name="others">The entities that are related to one.</param>
    /// <param name="schema">The words that they can be searched by.</param>
    public SearchSchema<T> With<TOther>(string single, Func<T, IEnumerable<TOther>> others, SearchSchema<TOther> schema)
    {
        foreach (var name in (string[])[single, $"{single}s"])
        {
            foreach (var (word, field) in schema.fields)
            {
                if (!word.Contains('.', StringComparison.Ordinal))
                {
                    fields[$"{name}.{word}"] = Of(others, field);
                }
            }

            fields.TryAdd(name, Of(others, schema.fields["name"]));
        }

        return this;
    }

    /// <summary>The field of a word.</summary>
    /// <exception cref="ApiFaultException">This engine cannot search by the word.</exception>
    public SearchField<T> Field(string name) => fields.GetValueOrDefault(name)
        ?? throw ApiFaultException.BadValue(
            $"This development engine does not search {kind} by '{name}'; "
            + $"it knows {string.Join(", ", fields.Keys.Order(StringComparer.Ordinal))}.");

    private static SearchField<T> Of<TOther>(Func<T, IEnumerable<TOther>> others, SearchField<TOther> field) =>
        new(item => others(item).SelectMany(field.Values), field.Read);
}
