using System.Collections.Frozen;
using System.Globalization;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Whether the installed ndctl prints what the parser knows.</summary>
/// <param name="Version">The version that it says it has, such as <c>76.1</c>.</param>
/// <param name="Namespaces">How many namespaces it lists; where it lists none, no key of theirs could be looked at.</param>
/// <param name="Findings">
/// What of its listing no known version prints, or could not be read, each once: unknown keys, modes and values, a fault, a part that ndctl could
/// not list. It may change what the listing means, and changes no size.
/// </param>
public sealed record NdctlCheck(string Version, int Namespaces, ValueList<Finding> Findings)
{
    /// <summary>The newest version whose keys the parser knows: 85.</summary>
    public const int NewestKnownVersion = 85;

    private static readonly FrozenSet<string> Codes =
    [
        NvdimmCodes.NdctlUnknownKey, NvdimmCodes.NdctlUnknownMode, NvdimmCodes.NdctlUnknownValue, NvdimmCodes.NdctlMalformed,
        NvdimmCodes.NdctlTooLarge, NvdimmCodes.NdctlPartial,
    ];

    /// <summary>Whether the version is not above <see cref="NewestKnownVersion"/>; a newer one may print other keys, even where this host's listing has none.</summary>
    public bool IsKnownVersion =>
        int.TryParse(Version.TakeWhile(char.IsAsciiDigit).ToArray(), NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major <= NewestKnownVersion;

    /// <summary>The keys that no known version prints, each once.</summary>
    public ValueList<string> UnknownKeys => Findings
        .Where(finding => finding.Code == NvdimmCodes.NdctlUnknownKey)
        .Select(finding => finding["key"])
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .ToValueList();

    /// <summary>Whether nothing of it is new: the version is known, and so is all that it prints here.</summary>
    public bool IsKnown => IsKnownVersion && Findings.Count == 0;

    /// <summary>What a listing says of the ndctl that has printed it.</summary>
    internal static NdctlCheck Of(string version, NdctlListing listing) =>
        new(version, listing.Devices.Count, listing.AllFindings.Where(finding => Codes.Contains(finding.Code)).Distinct().ToValueList());
}
