using System.Diagnostics;
using System.Globalization;

namespace Nvdimm.Cli.Installation;

/// <summary>libvirt's daemon, which looks for hooks only when it starts (libvirt 9.0.0 <c>docs/hooks.rst</c>).</summary>
internal static class LibvirtDaemon
{
    private static readonly string[] Files = ["/run/virtqemud.pid", "/run/libvirtd.pid"];

    /// <summary>The command after which the daemon runs a new hook. VMs keep running.</summary>
    public const string Restart = "systemctl try-restart virtqemud libvirtd";

    /// <summary>Whether a daemon runs that started before the hook's link was created. False below another root than <c>/</c>.</summary>
    public static bool IsOlderThan(HookTree tree, string link) =>
        tree.IsThisHost && File.GetLastWriteTimeUtc(link) is var linkTime && Files.Select(Started).Any(started => started < linkTime);

    private static DateTime? Started(string file)
    {
        try
        {
            return File.Exists(file)
                && int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? Process.GetProcessById(id).StartTime.ToUniversalTime()
                : null;
        }
        catch (ArgumentException)
        {
            // The process has ended and left its pid file.
            return null;
        }
    }
}
