using System.Text.RegularExpressions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Storage;

/// <summary>The API's words for statuses and affinities: the library's names in lower case with underscores.</summary>
internal static partial class StatusWords
{
    private static readonly Dictionary<string, VmStatus> KnownStatuses = All<VmStatus>();
    private static readonly Dictionary<string, VmAffinity> Affinities = All<VmAffinity>();

    /// <summary>The words of all statuses.</summary>
    public static IReadOnlyCollection<string> Statuses => KnownStatuses.Keys;

    /// <summary>The status of a valid word.</summary>
    public static VmStatus Status(string word) => KnownStatuses[word];

    /// <summary>The affinity of a valid word.</summary>
    public static VmAffinity Affinity(string word) => Affinities[word];

    /// <summary>Whether a word is an affinity.</summary>
    public static bool IsAffinity(string word) => Affinities.ContainsKey(word);

    /// <summary>The word of a status or an affinity.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum =>
            Capital().Replace($"{value}", match => match.Index == 0 ? match.Value : $"_{match.Value}").ToLowerInvariant();

    private static Dictionary<string, T> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(Of, StringComparer.Ordinal);

    [GeneratedRegex("[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Capital();
}
