using Nvdimm.Extensions.Host.Native;
using Nvdimm.Hook.Libvirt;
using Nvdimm.Hook.Points;

namespace Nvdimm.Hook;

/// <summary>How the program was started: for which point, and below which root.</summary>
/// <param name="Point">The hook point, of libvirt its operation, such as <c>prepare begin</c>; null where none can be told.</param>
/// <param name="Root">
/// What stands before <c>/usr/libexec/vdsm/hooks</c> or <c>/etc/libvirt/hooks</c> in the path under which it is installed, <c>/</c> for an installed host: configuration,
/// state, <c>sys</c>, <c>dev</c> and <c>run</c> are looked for below it, so that an image or a test is a world of its own. Never taken
/// from the environment, into which a VM's custom properties go.
/// </param>
/// <param name="Options">What was given by hand.</param>
internal sealed record Invocation(string? Point, string Root, InvocationOptions Options)
{
    private const string HooksFolder = "/usr/libexec/vdsm/hooks/";

    // libvirt v9.0.0 src/util/virhook.c, LIBVIRT_HOOK_DIR.
    private const string LibvirtFolder = "/etc/libvirt/hooks/";

    /// <summary>What libvirt has called with; null for a hook of VDSM.</summary>
    public LibvirtCall? Libvirt { get; private init; }

    /// <summary>What is to be done; only for an invocation with a point.</summary>
    public IHookPoint Work => Libvirt is { } call ? LibvirtPoints.Of(call) : HookPoints.Of(Point!);

    /// <summary>The command line as the kernel has it: .NET's own first argument is the file behind all links.</summary>
    public static Invocation OfThisProcess(string[] arguments) =>
        Of(SmallFile.Text("/proc/self/cmdline").Split('\0')[0], arguments);

    /// <summary>
    /// The status where the command line cannot be read. Which point it is cannot be told, and it may be a start; but libvirt's arguments say that it meets a
    /// VM that runs already, which it kills if the hook fails.
    /// </summary>
    public static int StatusWhereUnread(string[] arguments) => arguments is [_, "reconnect", ..] ? ExitStatus.Good : ExitStatus.Refused;

    /// <summary>
    /// In libvirt's folder the arguments are libvirt's, whatever a domain is called, unless there are too few of them: those are given by hand.
    /// Elsewhere the point is the folder's name, as VDSM has it, otherwise the file's without a leading number (<c>50_before_vm_start</c>), otherwise
    /// the first argument.
    /// </summary>
    public static Invocation Of(string program, string[] arguments)
    {
        // A name alone, as of a program found through PATH, says nothing of folders; whoever starts it may also give it none.
        var path = program.Contains('/', StringComparison.Ordinal) ? InvocationOptions.FullPathOrNull(program) ?? program : program;
        var below = path.IndexOf(LibvirtFolder, StringComparison.Ordinal);
        if (below >= 0 && LibvirtCall.Of(arguments) is { } call)
        {
            return new Invocation(call.Name, RootBefore(path, below), InvocationOptions.Parse([])) { Libvirt = call };
        }

        var options = InvocationOptions.Parse(arguments);
        var at = below >= 0 ? below : path.IndexOf(HooksFolder, StringComparison.Ordinal);
        var root = options.Root ?? RootBefore(path, at);
        if (options.Point == LibvirtCall.Point)
        {
            var byHand = LibvirtCall.Of(options.Call);
            return new Invocation(byHand?.Name, root, options) { Libvirt = byHand };
        }

        var name = Path.GetFileName(path).TrimStart(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '_']);
        var folder = Path.GetFileName(Path.GetDirectoryName(path) ?? "");
        return new Invocation(options.Point ?? (HookPoints.IsKnown(folder) ? folder : HookPoints.IsKnown(name) ? name : null), root, options);
    }

    private static string RootBefore(string path, int at) => at > 0 ? path[..at] : "/";
}
