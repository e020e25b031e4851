using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>The facts about a host that ndctl does not report.</summary>
internal sealed record SshHostFacts
{
    /// <summary>The command that prints the page size, the mode of SELinux, and the tree of block devices from util-linux.</summary>
    public const string Command =
        "sh -c 'getconf PAGE_SIZE; getenforce 2>/dev/null || echo unknown; lsblk --json --output NAME,TYPE,RO,MOUNTPOINT'";

    public Alignment? PageSize { get; init; }

    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value, last: SelinuxState.Disabled); }

    /// <summary>The host's use of its block devices, by path.</summary>
    public IReadOnlyDictionary<string, DeviceUse> Uses { get; init; } = new Dictionary<string, DeviceUse>(StringComparer.Ordinal);

    /// <summary>Why the uses are not known; null if they are.</summary>
    public string? Reason { get; init; }

    /// <summary>Parses the output of <see cref="Command"/>. Values that cannot be read stay unknown.</summary>
    public static SshHostFacts Parse(string output)
    {
        var lines = output.Split('\n', 3);
        var facts = new SshHostFacts
        {
            PageSize = long.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && long.IsPow2(bytes)
                ? Alignment.FromBytes(bytes)
                : null,
            Selinux = lines.Length > 1 && Enum.TryParse<SelinuxState>(lines[1].Trim(), ignoreCase: true, out var state)
                ? state
                : SelinuxState.Unknown,
        };
        try
        {
            return facts with { Uses = BlockDeviceTree.Read(lines.Length > 2 ? lines[2] : "") };
        }
        catch (JsonException malformed)
        {
            return facts with { Reason = $"lsblk: {malformed.Message}" };
        }
    }
}
