using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>What a host says beside ndctl.</summary>
internal sealed record SshHostFacts
{
    /// <summary>The page size, the word of SELinux, and the tree of block devices as util-linux prints it.</summary>
    public const string Command = "sh -c 'getconf PAGE_SIZE; getenforce 2>/dev/null || echo unknown; lsblk --json --output NAME,TYPE,RO,MOUNTPOINT'";

    public Alignment? PageSize { get; init; }

    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value); }

    /// <summary>What the host does with its block devices, by path.</summary>
    public IReadOnlyDictionary<string, DeviceUse> Uses { get; init; } = new Dictionary<string, DeviceUse>(StringComparer.Ordinal);

    /// <summary>Why the uses are not known; null where they are.</summary>
    public string? Reason { get; init; }

    /// <summary>Reads what <see cref="Command"/> printed. What cannot be read is not known.</summary>
    public static SshHostFacts Parse(string output)
    {
        var lines = output.Split('\n', 3);
        var facts = new SshHostFacts
        {
            PageSize = long.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && long.IsPow2(bytes) ? Alignment.FromBytes(bytes) : null,
            Selinux = lines.Length > 1 && Enum.TryParse<SelinuxState>(lines[1].Trim(), ignoreCase: true, out var state) ? state : SelinuxState.Unknown,
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
