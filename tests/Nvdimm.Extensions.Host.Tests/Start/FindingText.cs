namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>A finding as a test compares it: its code and every argument.</summary>
internal static class FindingText
{
    public static string InFull(this Finding finding) => $"{finding.Code} {string.Join(' ', finding.Arguments)}";
}
