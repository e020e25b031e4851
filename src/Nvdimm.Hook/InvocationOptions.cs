using Nvdimm.Extensions;

namespace Nvdimm.Hook;

/// <summary>The options of a call by hand, as <see cref="Usage.Help"/> describes them. VDSM passes none.</summary>
/// <param name="Point">The hook point.</param>
/// <param name="IsSimulation">Whether to report only.</param>
/// <param name="Configuration">The configuration file to read instead of the installed one.</param>
/// <param name="Root">The root to use instead of the one from the program's path.</param>
/// <param name="Wrong">The first unknown argument; null if there is none.</param>
internal sealed record InvocationOptions(string? Point, bool IsSimulation, string? Configuration, string? Root, string? Wrong)
{
    /// <summary>Whether to print the help and exit.</summary>
    public bool IsHelp { get; init; }

    /// <summary>libvirt's arguments, which follow <see cref="LibvirtCall.Point"/>; empty for the other points.</summary>
    public ValueList<string> Call { get; init; } = [];

    /// <summary>Whether to print the version and exit.</summary>
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
                ({ } word, _) when options is { Point: LibvirtCall.Point, Call.Count: <= LibvirtCall.Least }
                    && !word.StartsWith("--", StringComparison.Ordinal) =>
                    (options with { Call = [.. options.Call, word] }, index),
                ({ } point, _) when options.Point is null && (point == LibvirtCall.Point || HookPoints.IsKnown(point)) =>
                    (options with { Point = point }, index),
                ({ } wrong, _) => (options with { Wrong = wrong }, index),
            };
        }

        return options;
    }

    /// <summary>The full path; null for a relative path if the current folder no longer exists.</summary>
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
