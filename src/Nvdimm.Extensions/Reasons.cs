namespace Nvdimm.Extensions;

/// <summary>Findings as the reason of another one: their codes for programs, their sentences for people. Each is there once.</summary>
internal static class Reasons
{
    /// <summary>The codes, with commas between.</summary>
    public static string Codes(IEnumerable<Finding> findings) => string.Join(", ", findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal));

    /// <summary>The sentences, one after the other.</summary>
    public static string Texts(IEnumerable<Finding> findings) => string.Join(" ", findings.Select(finding => finding.Message).Distinct(StringComparer.Ordinal));
}
