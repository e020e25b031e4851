using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook;

/// <summary>How the program was started: for which point, and below which root.</summary>
/// <param name="Point">The hook point; null where none can be told.</param>
/// <param name="Root">
/// What stands before <c>/usr/libexec/vdsm/hooks</c> in the path under which it is installed, <c>/</c> for an installed host: configuration,
/// state, <c>sys</c>, <c>dev</c> and <c>run</c> are looked for below it, so that an image or a test is a world of its own. Never taken
/// from the environment, into which a VM's custom properties go.
/// </param>
/// <param name="Options">What was given by hand.</param>
internal sealed record Invocation(string? Point, string Root, InvocationOptions Options)
{
    private const string HooksFolder = "/usr/libexec/vdsm/hooks/";

    /// <summary>The command line as the kernel has it: .NET's own first argument is the file behind all links.</summary>
    public static Invocation OfThisProcess(string[] arguments) =>
        Of(SmallFile.Text("/proc/self/cmdline").Split('\0')[0], arguments);

    /// <summary>
    /// The point is the folder's name, as VDSM has it, otherwise the file's without a leading number (<c>50_before_vm_start</c>), otherwise
    /// the first argument.
    /// </summary>
    public static Invocation Of(string program, string[] arguments)
    {
        // A name alone, as of a program found through PATH, says nothing of folders; whoever starts it may also give it none.
        var path = program.Contains('/', StringComparison.Ordinal) ? InvocationOptions.FullPathOrNull(program) ?? program : program;
        var options = InvocationOptions.Parse(arguments);
        var name = Path.GetFileName(path).TrimStart(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '_']);
        var folder = Path.GetFileName(Path.GetDirectoryName(path) ?? "");
        var at = path.IndexOf(HooksFolder, StringComparison.Ordinal);
        var root = options.Root ?? (at > 0 ? path[..at] : "/");
        return new Invocation(options.Point ?? (HookPoints.IsKnown(folder) ? folder : HookPoints.IsKnown(name) ? name : null), root, options);
    }
}
