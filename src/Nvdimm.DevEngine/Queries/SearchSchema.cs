using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Queries;

/// <summary>What a kind of entity can be searched by, in the engine's words (oVirt Engine 4.5, <c>modules/searchbackend</c>).</summary>
/// <typeparam name="T">The kind.</typeparam>
/// <param name="kind">Its name in plural, for people.</param>
internal sealed class SearchSchema<T>(string kind)
{
    private readonly Dictionary<string, SearchField<T>> fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields that bare words are looked for in.</summary>
    public IEnumerable<SearchField<T>> Free => fields.Values.Where(word => word.IsFree);

    /// <summary>Adds a word.</summary>
    public SearchSchema<T> With(string name, SearchField<T> field)
    {
        fields.Add(name, field);
        return this;
    }

    /// <summary>
    /// Adds entities of another kind that belong to one: <c>host.name</c> and <c>hosts.name</c>, and <c>host</c> for the name.
    /// </summary>
    /// <param name="single">Their name in singular; the plural has one more <c>s</c>.</param>
    /// <param name="others">Those that belong to an entity.</param>
    /// <param name="schema">What they can be searched by.</param>
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

    /// <summary>A word.</summary>
    /// <exception cref="ApiFaultException">This engine does not search by it.</exception>
    public SearchField<T> Field(string name) => fields.GetValueOrDefault(name)
        ?? throw ApiFaultException.BadValue(
            $"This development engine does not search {kind} by '{name}'; it knows {string.Join(", ", fields.Keys.Order(StringComparer.Ordinal))}.");

    private static SearchField<T> Of<TOther>(Func<T, IEnumerable<TOther>> others, SearchField<TOther> field) =>
        new(item => others(item).SelectMany(field.Values), field.Read);
}
