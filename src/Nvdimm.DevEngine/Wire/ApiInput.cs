using System.Globalization;

namespace Nvdimm.DevEngine.Wire;

/// <summary>What a request brought, from XML or JSON: attributes, elements and properties are all the same.</summary>
/// <param name="Name">The name of the element or property.</param>
/// <param name="Value">The text; null where it holds others.</param>
/// <param name="Parts">What it holds.</param>
internal sealed record ApiInput(string Name, string? Value, IReadOnlyList<ApiInput> Parts)
{
    /// <summary>The most characters of a text without a limit of its own (oVirt Engine 4.5, <c>BusinessEntitiesDefinitions.GENERAL_MAX_SIZE</c>).</summary>
    public const int LongestText = 4000;

    /// <summary>A request without a body.</summary>
    public static ApiInput Nothing { get; } = new("", null, []);

    /// <summary>The first part along a path of names; null where there is none.</summary>
    public ApiInput? Find(params ReadOnlySpan<string> path)
    {
        var found = this;
        foreach (var name in path)
        {
            found = found?.Parts.FirstOrDefault(part => part.Name == name);
        }

        return found;
    }

    /// <summary>The text at a path; null where there is none or it is empty.</summary>
    /// <exception cref="ApiFaultException">Something else is there, such as an object or a list.</exception>
    public string? Text(params ReadOnlySpan<string> path) => Find(path) is not { } found
        ? null
        : found.Value is not { } text ? throw ApiFaultException.BadValue($"{string.Join('.', path!)} is no single value.") : text.Length > 0 ? text : null;

    /// <summary>The text at a path, up to a length in characters; null where there is none or it is empty.</summary>
    /// <exception cref="ApiFaultException">It is longer, or no text.</exception>
    public string? Limited(int longest, params ReadOnlySpan<string> path) => Text(path) is { } text && text.Length > longest
        ? throw ApiFaultException.BadValue($"{string.Join('.', path!)} has {text.Length} characters; the most are {longest}.")
        : Text(path);

    /// <summary>All parts of a name at the end of a path.</summary>
    public IEnumerable<ApiInput> All(string collection, string item) => Find(collection)?.Parts.Where(part => part.Name == item) ?? [];

    /// <summary>The whole number from 0 at a path; null where there is none.</summary>
    /// <exception cref="ApiFaultException">It is something else.</exception>
    public long? Number(params ReadOnlySpan<string> path) => Text(path) is not { } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiFaultException.BadValue($"'{text}' is no whole number from 0 to {long.MaxValue} for {string.Join('.', path!)}.");

    /// <summary>The truth value at a path; null where there is none.</summary>
    /// <exception cref="ApiFaultException">It is something else.</exception>
    public bool? Flag(params ReadOnlySpan<string> path) => Text(path) is not { } text
        ? null
        : bool.TryParse(text, out var flag) ? flag : throw ApiFaultException.BadValue($"'{text}' is neither true nor false for {string.Join('.', path!)}.");
}
