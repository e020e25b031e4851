using System.Reflection;
using Nvdimm.Hook.Output;

namespace Nvdimm.Hook;

/// <summary>The program's answer to a command line that runs no hook: its help, its version, or what is wrong.</summary>
internal static class Usage
{
    /// <summary>The text of <c>--help</c>.</summary>
    public static string Help => $"""
        {HookLine.Program}: the hooks of VDSM and libvirt for NVDIMMs. Run it by hand to try a hook.

        Usage:
          {HookLine.Program} POINT [--simulate] [--config FILE] [--root FOLDER]
          {HookLine.Program} {LibvirtCall.Point} GUEST OPERATION SUB-OPERATION [EXTRA] [OPTIONS] <domain.xml

        {LibvirtCall.Point} is libvirt's hook. It takes libvirt's arguments, and the domain on standard input. In /etc/libvirt/hooks,
        libvirt passes these arguments alone. POINT is VDSM's hook point. VDSM passes none: the program then takes
        the name of the folder in which it is installed. POINT is one of:
          {string.Join("\n  ", HookPoints.Names)}

        Options:
          --simulate       Report what the hook would do, and change nothing.
          --config FILE    Read this configuration. Default: /etc/nvdimm-extensions/hook.conf below the root.
          --root FOLDER    Use this folder as the root of the host. Default: the part of the program's path
                           before /usr/libexec/vdsm/hooks or /etc/libvirt/hooks.
          -h, --help       Print this help.
          --version        Print the version.

        Exit status:
          0   Good.
          1   The hook failed. VDSM goes on with the next script; libvirt ends the VM.
          2   Refused. VDSM or libvirt does not do the operation.
          64  The command line is wrong.

        Examples:
          vmId=UUID _hook_domxml=domain.xml {HookLine.Program} before_vm_start --simulate
          virsh dumpxml database | {HookLine.Program} {LibvirtCall.Point} database prepare begin - --simulate
          nvdimm host status

        See nvdimm-hook(8).
        """;

    /// <summary>The version of the package, with the commit.</summary>
    public static string Version =>
        typeof(Usage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The answer to a command line; null if a hook is to be run.</summary>
    public static (string Text, int Status, bool IsError)? Answer(Invocation invocation) => invocation.Options switch
    {
        { Wrong: { } wrong } => Wrong($"'{wrong}' is wrong here: it is no hook point and no option, stands twice, or lacks its value"),
        { IsHelp: true } => (Help, ExitStatus.Good, false),
        { IsVersion: true } => ($"{HookLine.Program} {Version}", ExitStatus.Good, false),
        _ => invocation.Point is null ? Wrong("no hook point is named, and the program is not in VDSM's folder of one") : null,
    };

    private static (string Text, int Status, bool IsError) Wrong(string reason) =>
        ($"{HookLine.Program}: {reason}. See '{HookLine.Program} --help'.", ExitStatus.Usage, true);
}
