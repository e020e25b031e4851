using Nvdimm.Extensions;

namespace Nvdimm.Hook;

/// <summary>The command line by hand, as <see cref="Usage.Help"/> describes it. VDSM gives none.</summary>
/// <param name="Point">The point.</param>
/// <param name="IsSimulation">Whether to report only.</param>
/// <param name="Configuration">The configuration to read in place of the installed one.</param>
/// <param name="Root">The root to use in place of the one that follows from the program's path.</param>
/// <param name="Wrong">The first argument that is none of these.</param>
internal sealed record InvocationOptions(string? Point, bool IsSimulation, string? Configuration, string? Root, string? Wrong)
{
    /// <summary>Whether only the help is to be printed.</summary>
    public bool IsHelp { get; init; }

    /// <summary>The arguments of libvirt's hook, after <see cref="LibvirtCall.Point"/>; empty for another point.</summary>
    public ValueList<string> Call { get; init; } = [];

    /// <summary>Whether only the version is to be printed.</summary>
    public bool IsVersion { get; init; }

    public static InvocationOptions Parse(string[] arguments)
    {
        var options = new InvocationOptions(Point: null, IsSimulation: false, Configuration: null, Root: null, Wrong: null);
        for (var index = 0; index < arguments.Length && options.Wrong is null; index++)
        {
            var next = index + 1 < arguments.Length ? arguments[index + 1] : null;
            (options, index) = (arguments[index], next) switch
            {
                ("--help" or "-h", _) => (options with { IsHelp = true }, index),
                ("--version", _) => (options with { IsVersion = true }, index),
                ("--simulate", _) => (options with { IsSimulation = true }, index),
                ("--config", { Length: > 0 } file) => (options with { Configuration = file }, index + 1),
                ("--root", { Length: > 0 } root) when FullPathOrNull(root) is { } full => (options with { Root = full }, index + 1),
                ({ } word, _) when options is { Point: LibvirtCall.Point, Call.Count: <= LibvirtCall.Least } && !word.StartsWith("--", StringComparison.Ordinal) =>
                    (options with { Call = [.. options.Call, word] }, index),
                ({ } point, _) when options.Point is null && (point == LibvirtCall.Point || HookPoints.IsKnown(point)) => (options with { Point = point }, index),
                ({ } wrong, _) => (options with { Wrong = wrong }, index),
            };
        }

        return options;
    }

    /// <summary>The full path; null for a relative one where the current folder is not there any more.</summary>
    public static string? FullPathOrNull(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
