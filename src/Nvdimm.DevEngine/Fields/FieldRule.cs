using System.Globalization;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>The rule for a field of a resource, and for everything inside it.</summary>
/// <param name="Path">The names of the field from the outside in, with dots.</param>
/// <param name="Use">What the engine does with the field.</param>
internal sealed record FieldRule(string Path, FieldUse Use)
{
    private const long MostCount = int.MaxValue;

    /// <summary>Returns why a value is refused; null if it is accepted. Null for a field that contains others.</summary>
    public Func<string, string?>? Check { get; private init; }

    /// <summary>The value that the engine shows if nobody has set one; null if it then shows nothing.</summary>
    public string? Default { get; private init; }

    /// <summary>A stored text.</summary>
    public static FieldRule Text(string path, string? byDefault = null) => Kept(path, byDefault, text =>
        text.Length <= ApiInput.LongestText ? null : $"has {text.Length} characters; the most are {ApiInput.LongestText}");

    /// <summary>A stored boolean.</summary>
    public static FieldRule Flag(string path, string? byDefault = null) => Kept(path, byDefault, text =>
        bool.TryParse(text, out _) ? null : $"is '{text}', neither true nor false");

    /// <summary>A stored whole number.</summary>
    public static FieldRule Number(string path, string? byDefault = null, long least = 0, long most = MostCount) =>
        Kept(path, byDefault, text =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? null
            : $"is '{text}', no whole number from {least} to {most}");

    /// <summary>A stored word of a list. The first word is the default, if there is one.</summary>
    public static FieldRule Word(string path, bool hasDefault, params string[] words) => Kept(path, hasDefault ? words[0] : null, text =>
        words.Contains(text, StringComparer.Ordinal) ? null : $"is '{text}', none of {string.Join(", ", words)}");

    /// <summary>A stored field that contains others, and is replaced as a whole.</summary>
    public static FieldRule Tree(string path) => new(path, FieldUse.Kept);

    private static FieldRule Kept(string path, string? byDefault, Func<string, string?> check) =>
        new(path, FieldUse.Kept) { Check = check, Default = byDefault };
}
