using System.Globalization;

namespace Nvdimm.Cli.Installation;

/// <summary>The host's own accounts, as <c>/etc/passwd</c> and <c>/etc/group</c> have them: VDSM's package puts its user there.</summary>
internal static class Accounts
{
    /// <summary>The user that VDSM runs hooks as.</summary>
    public const string User = "vdsm";

    /// <summary>The group of that user, in which QEMU's user also is.</summary>
    public const string Group = "kvm";

    /// <summary>The owner that VDSM's files have on this host; null where there is no such user or group.</summary>
    public static FileOwner? OfVdsm(HookTree tree) =>
        NumberOf(tree.Below("/etc/passwd"), User) is { } user && NumberOf(tree.Below("/etc/group"), Group) is { } group ? new FileOwner(user, group) : null;

    // Both files: name, password, number, and more, with colons between them (passwd(5), group(5)).
    private static uint? NumberOf(string file, string name)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        foreach (var line in File.ReadLines(file))
        {
            var fields = line.Split(':');
            if (fields.Length > 2 && fields[0] == name && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        return null;
    }
}
