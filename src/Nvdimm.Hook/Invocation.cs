using Nvdimm.Extensions.Host.Native;
using Nvdimm.Hook.Libvirt;
using Nvdimm.Hook.Points;

namespace Nvdimm.Hook;

/// <summary>How the program was started: for which point, and below which root.</summary>
/// <param name="Point">The hook point, for libvirt the operation, such as <c>prepare begin</c>; null if the point cannot be told.</param>
/// <param name="Root">
/// The part of the program's path before <c>/usr/libexec/vdsm/hooks</c> or <c>/etc/libvirt/hooks</c>; <c>/</c> on an installed host.
/// Configuration, state, <c>sys</c>, <c>dev</c> and <c>run</c> are looked for below it, so that an image or a test is complete in itself.
/// Never taken from the environment, which also carries a VM's custom properties.
/// </param>
/// <param name="Options">The options given by hand.</param>
internal sealed record Invocation(string? Point, string Root, InvocationOptions Options)
{
    private const string HooksFolder = "/usr/libexec/vdsm/hooks/";

    // libvirt v9.0.0 src/util/virhook.c, LIBVIRT_HOOK_DIR.
    private const string LibvirtFolder = "/etc/libvirt/hooks/";

    /// <summary>libvirt's arguments; null for a VDSM hook.</summary>
    public LibvirtCall? Libvirt { get; private init; }

    /// <summary>The work at the hook point; only valid if <see cref="Point"/> is not null.</summary>
    public IHookPoint Work => Libvirt is { } call ? LibvirtPoints.Of(call) : HookPoints.Of(Point!);

    /// <summary>Reads this process's invocation from the kernel's command line: .NET's own first argument has its links resolved.</summary>
    public static Invocation OfThisProcess(string[] arguments) =>
        Of(SmallFile.Text("/proc/self/cmdline").Split('\0')[0], arguments);

    /// <summary>
    /// The exit status if the kernel's command line cannot be read. The point is then unknown and may be a start, so the hook refuses. The
    /// exception is libvirt's <c>reconnect</c>, which concerns a running VM: libvirt kills that VM if the hook fails.
    /// </summary>
    public static int StatusWhereUnread(string[] arguments) => arguments is [_, "reconnect", ..] ? ExitStatus.Good : ExitStatus.Refused;

    /// <summary>
    /// Tells the hook point. In libvirt's hook folder the arguments are libvirt's, whatever the domain is called; too few of them are
    /// arguments by hand. Elsewhere the point is the name of the program's folder, as VDSM has it, else the name of the file without a
    /// leading number (<c>50_before_vm_start</c>), else the first argument.
    /// </summary>
    public static Invocation Of(string program, string[] arguments)
    {
        // A bare name, as for a program found through PATH, names no folder. The caller can also pass an empty one.
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
        return new Invocation(
            options.Point ?? (HookPoints.IsKnown(folder) ? folder : HookPoints.IsKnown(name) ? name : null), root, options);
    }

    private static string RootBefore(string path, int at) => at > 0 ? path[..at] : "/";
}
