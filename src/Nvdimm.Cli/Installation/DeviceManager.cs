using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>udev, which gives the device files their rights by the installed rules: at the next event of a device, and when it is told to now.</summary>
[UnsupportedOSPlatform("windows")]
internal static class DeviceManager
{
    private const string Running = "/run/udev";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private static readonly string[][] Steps = [["control", "--reload"], ["trigger", "--subsystem-match=block", "--subsystem-match=dax"]];

    /// <summary>What an administrator does where this tool cannot, each a command.</summary>
    public static IEnumerable<string> Commands => Steps.Select(step => $"udevadm {string.Join(' ', step)}");

    /// <summary>Has it read its rules again, and apply them to the devices that are there.</summary>
    /// <returns>Whether it did. False for a folder that stands for a host, and where udev does not run or fails.</returns>
    public static bool Apply(HookTree tree) => tree.IsThisHost && Directory.Exists(Running) && Steps.All(Run);

    private static bool Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("udevadm", arguments) { UseShellExecute = false, RedirectStandardInput = true });
            return process is not null && process.WaitForExit(TimeLimit) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
