using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>
/// udev, which sets the rights of device files by the installed rules: at the next event of a device, or at once on request.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class DeviceManager
{
    private const string Running = "/run/udev";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private static readonly string[][] Steps = [["control", "--reload"], ["trigger", "--subsystem-match=block", "--subsystem-match=dax"]];

    /// <summary>The commands for an administrator if this tool cannot run them.</summary>
    public static IEnumerable<string> Commands => Steps.Select(step => $"udevadm {string.Join(' ', step)}");

    /// <summary>Makes udev reload its rules and apply them to the present devices.</summary>
    /// <returns>Whether it did. False for a root other than <c>/</c>, and if udev does not run or fails.</returns>
    public static bool Apply(HookTree tree) => tree.IsThisHost && Directory.Exists(Running) && Steps.All(Run);

    private static bool Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("udevadm", arguments) { UseShellExecute = false, RedirectStandardInput = true });
            return process is not null && process.WaitForExit(TimeLimit) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // udevadm does not exist.
            return false;
        }
    }
}
