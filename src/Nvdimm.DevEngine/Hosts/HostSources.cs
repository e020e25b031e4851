namespace Nvdimm.DevEngine.Hosts;

/// <summary>Where the devices of a host come from.</summary>
internal static class HostSources
{
    /// <summary>This machine: its <c>ndctl</c>, and files that stand for devices.</summary>
    public const string Machine = "machine";

    private const string CapturePrefix = "capture:";

    /// <summary>The real <c>ndctl</c> of a real host, captured.</summary>
    public static string Capture(string name) => CapturePrefix + name;

    /// <summary>The name of the capture; null where the source is none.</summary>
    public static string? CaptureOf(string source) => source.StartsWith(CapturePrefix, StringComparison.Ordinal) ? source[CapturePrefix.Length..] : null;
}
