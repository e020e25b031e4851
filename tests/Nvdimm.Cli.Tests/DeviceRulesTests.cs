using System.Text;
using System.Text.RegularExpressions;
using Nvdimm.Cli.Installation;

namespace Nvdimm.Cli.Tests;

/// <summary>The rights that the udev rules give.</summary>
public sealed partial class DeviceRulesTests
{
    private static string Rules => Encoding.UTF8.GetString(Resources.DeviceRules.Span);

    /// <summary>QEMU's user is in the group kvm: with its rights one VM could read the devices of all others.</summary>
    [Test]
    public void NoGroup_GetsTheDevices() => Assert.That(
        Assignment().Matches(Rules).Select(match => match.Value).Distinct(),
        Is.EqualTo(new[] { "GROUP=\"root\"", "MODE=\"0600\"", $"RUN+=\"{HookTree.DeviceRulesProgram} -m u:{Accounts.User}:r $env{{DEVNAME}}\"" }));

    /// <summary>The command of the rules, on a node for zero, for the user nobody. Needs root.</summary>
    [TestCase("0600", Description = "as the rules make a dax device")]
    [TestCase("0660", Description = "as udev makes a block device")]
    public void Command_LetsTheUserRead_AndNobodyElse(string mode)
    {
        RealProgram.RequireFile(HookTree.DeviceRulesProgram, "acl");
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1ED);
        var node = folder.PathOf("dax0.0");
        if (RealProgram.Run("mknod", "-m", mode, node, "c", "1", "5").ExitCode != 0)
        {
            RealProgram.Unavailable("Device nodes cannot be made here: needs root");
        }

        var command = Command().Match(Rules).Groups["command"].Value.Replace($"u:{Accounts.User}:", "u:nobody:", StringComparison.Ordinal)
            .Replace("$env{DEVNAME}", node, StringComparison.Ordinal).Split(' ');
        var (status, _, error) = RealProgram.Run(command[0], command[1..]);
        if (error.Contains("Operation not supported", StringComparison.Ordinal))
        {
            RealProgram.Unavailable($"The file system of {node} has no access control lists");
        }

        Assert.That(status, Is.Zero, error);
        Assert.That((MayRead("nobody"), MayRead("daemon"), MayWrite("nobody")), Is.EqualTo((true, false, false)));

        bool MayRead(string user) => As(user, $"head -c 1 {node}");
        bool MayWrite(string user) => As(user, $"printf x > {node}");
    }

    /// <summary>As a user who is also in the group kvm, where there is one.</summary>
    private static bool As(string user, string command)
    {
        var groups = File.ReadAllText("/etc/group").Contains("\nkvm:", StringComparison.Ordinal) ? "--groups=kvm" : "--clear-groups";
        var group = user == "nobody" ? "nogroup" : user;
        return RealProgram.Run("setpriv", $"--reuid={user}", $"--regid={group}", groups, "sh", "-c", command).ExitCode == 0;
    }

    [GeneratedRegex("""(GROUP|MODE|OWNER|TAG|RUN)\+?="[^"]*"(?=[,\n])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex("RUN\\+=\"(?<command>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();
}
