using System.Globalization;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>A field of a resource, and everything that is inside of it.</summary>
/// <param name="Path">Its names from the outside in, with dots.</param>
/// <param name="Use">What becomes of it.</param>
internal sealed record FieldRule(string Path, FieldUse Use)
{
    private const long MostCount = int.MaxValue;

    /// <summary>Why the engine refuses a text; null where it takes it. Null for a field that has others inside.</summary>
    public Func<string, string?>? Check { get; private init; }

    /// <summary>What the engine shows where nobody has said anything; null where it then shows nothing.</summary>
    public string? Default { get; private init; }

    /// <summary>A kept text.</summary>
    public static FieldRule Text(string path, string? byDefault = null) => Kept(path, byDefault, text =>
        text.Length <= ApiInput.LongestText ? null : $"has {text.Length} characters; the most are {ApiInput.LongestText}");

    /// <summary>A kept truth value.</summary>
    public static FieldRule Flag(string path, string? byDefault = null) => Kept(path, byDefault, text =>
        bool.TryParse(text, out _) ? null : $"is '{text}', neither true nor false");

    /// <summary>A kept whole number.</summary>
    public static FieldRule Number(string path, string? byDefault = null, long least = 0, long most = MostCount) => Kept(path, byDefault, text =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? null
            : $"is '{text}', no whole number from {least} to {most}");

    /// <summary>A kept word of a list; the first one is the default, unless there is to be none.</summary>
    public static FieldRule Word(string path, bool hasDefault, params string[] words) => Kept(path, hasDefault ? words[0] : null, text =>
        words.Contains(text, StringComparer.Ordinal) ? null : $"is '{text}', none of {string.Join(", ", words)}");

    /// <summary>A kept field with others inside, which is replaced as a whole.</summary>
    public static FieldRule Tree(string path) => new(path, FieldUse.Kept);

    private static FieldRule Kept(string path, string? byDefault, Func<string, string?> check) =>
        new(path, FieldUse.Kept) { Check = check, Default = byDefault };
}
