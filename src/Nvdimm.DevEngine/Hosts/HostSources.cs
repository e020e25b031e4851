namespace Nvdimm.DevEngine.Hosts;

/// <summary>The sources of a host's devices.</summary>
internal static class HostSources
{
    /// <summary>This machine: its <c>ndctl</c>, and files that stand for devices.</summary>
    public const string Machine = "machine";

    private const string CapturePrefix = "capture:";

    /// <summary>A capture of a real host's <c>ndctl</c>.</summary>
    public static string Capture(string name) => CapturePrefix + name;

    /// <summary>The name of the capture; null if the source is not a capture.</summary>
    public static string? CaptureOf(string source) =>
        source.StartsWith(CapturePrefix, StringComparison.Ordinal) ? source[CapturePrefix.Length..] : null;
}
