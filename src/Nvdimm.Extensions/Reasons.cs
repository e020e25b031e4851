namespace Nvdimm.Extensions;

/// <summary>
/// Formats findings as the reason of another finding: their codes for programs, their sentences for people, without duplicates.
/// </summary>
internal static class Reasons
{
    /// <summary>The codes, separated by commas.</summary>
    public static string Codes(IEnumerable<Finding> findings) =>
        string.Join(", ", findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal));

    /// <summary>The sentences, separated by spaces.</summary>
    public static string Texts(IEnumerable<Finding> findings) =>
        string.Join(" ", findings.Select(finding => finding.Message).Distinct(StringComparer.Ordinal));
}
