using System.Globalization;

namespace Nvdimm.Cli.Installation;

/// <summary>The host's local accounts, from <c>/etc/passwd</c> and <c>/etc/group</c>: VDSM's package creates its user there.</summary>
internal static class Accounts
{
    /// <summary>The user that runs VDSM's hooks.</summary>
    public const string User = "vdsm";

    /// <summary>The group of that user; QEMU's user is also a member.</summary>
    public const string Group = "kvm";

    /// <summary>The owner of VDSM's files on this host; null if the user or the group does not exist.</summary>
    public static FileOwner? OfVdsm(HookTree tree) =>
        NumberOf(tree.Below("/etc/passwd"), User) is { } user && NumberOf(tree.Below("/etc/group"), Group) is { } group
            ? new FileOwner(user, group)
            : null;

    // Both files have colon-separated fields: name, password, number, and more (passwd(5), group(5)).
    private static uint? NumberOf(string file, string name)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        foreach (var line in File.ReadLines(file))
        {
            var fields = line.Split(':');
            if (fields.Length > 2 && fields[0] == name
                && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        return null;
    }
}
