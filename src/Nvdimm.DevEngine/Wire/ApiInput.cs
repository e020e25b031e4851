using System.Globalization;

namespace Nvdimm.DevEngine.Wire;

/// <summary>The content of a request, from XML or JSON: attributes, elements and properties are treated alike.</summary>
/// <param name="Name">The name of the element or property.</param>
/// <param name="Value">The text; null if it contains other parts.</param>
/// <param name="Parts">The parts inside it.</param>
internal sealed record ApiInput(string Name, string? Value, IReadOnlyList<ApiInput> Parts)
{
    /// <summary>
    /// The limit in characters for texts without their own limit (oVirt Engine 4.5, <c>BusinessEntitiesDefinitions.GENERAL_MAX_SIZE</c>).
    /// </summary>
    public const int LongestText = 4000;

    /// <summary>A request without a body.</summary>
    public static ApiInput Nothing { get; } = new("", null, []);

    /// <summary>The first part at a path of names; null if there is none.</summary>
    public ApiInput? Find(params ReadOnlySpan<string> path)
    {
        var part = this;
        foreach (var name in path)
        {
            part = part?.Parts.FirstOrDefault(child => child.Name == name);
        }

        return part;
    }

    /// <summary>The text at a path; null if it is missing or empty.</summary>
    /// <exception cref="ApiFaultException">The path has something else than a text, such as an object or a list.</exception>
    public string? Text(params ReadOnlySpan<string> path) => Find(path) is not { } part
        ? null
        : part.Value is not { } text ? throw ApiFaultException.BadValue($"{string.Join('.', path!)} is no single value.")
            : text.Length > 0 ? text
            : null;

    /// <summary>The text at a path, limited to a length in characters; null if it is missing or empty.</summary>
    /// <exception cref="ApiFaultException">The text is longer, or it is not a text.</exception>
    public string? Limited(int longest, params ReadOnlySpan<string> path) => Text(path) is { } text && text.Length > longest
        ? throw ApiFaultException.BadValue($"{string.Join('.', path!)} has {text.Length} characters; the most are {longest}.")
        : Text(path);

    /// <summary>This content with a part at a path, in place of the one that is there.</summary>
    /// <param name="path">The path, with dots; its last name is that of the part.</param>
    /// <param name="part">The part.</param>
    public ApiInput With(string path, ApiInput part)
    {
        var end = path.IndexOf('.', StringComparison.Ordinal);
        var name = end < 0 ? path : path[..end];
        var added = end < 0 ? part : (Find(name) ?? new ApiInput(name, null, [])).With(path[(end + 1)..], part);
        return this with { Parts = [.. Parts.Where(other => other.Name != name), added] };
    }

    /// <summary>This content without the part at a path.</summary>
    public ApiInput Without(params ReadOnlySpan<string> path)
    {
        var name = path[0];
        var rest = path[1..].ToArray();
        return this with
        {
            Parts =
            [
                .. Parts.Where(part => rest.Length > 0 || part.Name != name)
                    .Select(part => part.Name == name ? part.Without(rest) : part)
                    .Where(part => part.Name != name || part.Value is not null || part.Parts.Count > 0),
            ],
        };
    }

    /// <summary>All parts with a name inside a collection.</summary>
    public IEnumerable<ApiInput> All(string collection, string item) => Find(collection)?.Parts.Where(part => part.Name == item) ?? [];

    /// <summary>The whole number of at least 0 at a path; null if it is missing.</summary>
    /// <exception cref="ApiFaultException">It is not such a number.</exception>
    public long? Number(params ReadOnlySpan<string> path) => Text(path) is not { } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiFaultException.BadValue($"'{text}' is no whole number from 0 to {long.MaxValue} for {string.Join('.', path!)}.");

    /// <summary>The boolean at a path; null if it is missing.</summary>
    /// <exception cref="ApiFaultException">It is neither true nor false.</exception>
    public bool? Flag(params ReadOnlySpan<string> path) => Text(path) is not { } text
        ? null
        : bool.TryParse(text, out var flag)
            ? flag
            : throw ApiFaultException.BadValue($"'{text}' is neither true nor false for {string.Join('.', path!)}.");
}
