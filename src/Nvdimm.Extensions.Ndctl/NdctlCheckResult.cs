using System.Collections.Frozen;
using System.Globalization;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Whether the parser knows everything that the installed ndctl prints.</summary>
/// <param name="Version">The version that ndctl reports, such as <c>76.1</c>.</param>
/// <param name="Namespaces">The number of namespaces that it lists. If there are none, no key of a namespace was checked.</param>
/// <param name="Findings">
/// What no known version prints or what could not be read, each once: unknown keys, modes and values, a fault, a part that ndctl could not
/// list. It may change what the listing means, but changes no size.
/// </param>
public sealed record NdctlCheckResult(string Version, int Namespaces, ValueList<Finding> Findings)
{
    /// <summary>The newest version whose keys the parser knows: 85.</summary>
    public const int NewestKnownVersion = 85;

    private static readonly FrozenSet<string> Codes =
    [
        NvdimmCodes.NdctlUnknownKey, NvdimmCodes.NdctlUnknownMode, NvdimmCodes.NdctlUnknownValue, NvdimmCodes.NdctlMalformed,
        NvdimmCodes.NdctlTooLarge, NvdimmCodes.NdctlPartial,
    ];

    /// <summary>
    /// Whether the version is not above <see cref="NewestKnownVersion"/>. A newer version may print other keys, even if this host's listing
    /// has none.
    /// </summary>
    public bool IsKnownVersion =>
        int.TryParse(Version.TakeWhile(char.IsAsciiDigit).ToArray(), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
        && major <= NewestKnownVersion;

    /// <summary>The keys that no known version prints, each once.</summary>
    public ValueList<string> UnknownKeys => Findings
        .Where(finding => finding.Code == NvdimmCodes.NdctlUnknownKey)
        .Select(finding => finding["key"])
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .ToValueList();

    /// <summary>Whether the version and everything that it printed are known.</summary>
    public bool IsKnown => IsKnownVersion && Findings.Count == 0;

    /// <summary>Checks the listing that an ndctl printed.</summary>
    internal static NdctlCheckResult Of(string version, NdctlListing listing) =>
        new(version, listing.Devices.Count, listing.AllFindings.Where(finding => Codes.Contains(finding.Code)).Distinct().ToValueList());
}
