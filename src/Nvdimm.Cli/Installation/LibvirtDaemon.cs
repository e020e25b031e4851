using System.Diagnostics;
using System.Globalization;

namespace Nvdimm.Cli.Installation;

/// <summary>libvirt's daemon, which looks for hooks when it starts, and only then (libvirt 9.0.0 <c>docs/hooks.rst</c>).</summary>
internal static class LibvirtDaemon
{
    private static readonly string[] Files = ["/run/virtqemud.pid", "/run/libvirtd.pid"];

    /// <summary>What an administrator does so that it finds a new hook. VMs run on.</summary>
    public const string Restart = "systemctl try-restart virtqemud libvirtd";

    /// <summary>Whether a daemon runs that was started before the hook's link was made. No where this is a folder that stands for a host.</summary>
    public static bool IsOlderThan(HookTree tree, string link) =>
        tree.IsThisHost && File.GetLastWriteTimeUtc(link) is var made && Files.Select(Started).Any(started => started < made);

    private static DateTime? Started(string file)
    {
        try
        {
            return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? Process.GetProcessById(id).StartTime.ToUniversalTime()
                : null;
        }
        catch (ArgumentException)
        {
            // It has ended, and its file is left.
            return null;
        }
    }
}
