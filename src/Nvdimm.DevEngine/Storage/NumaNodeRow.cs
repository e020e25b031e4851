using System.Globalization;

namespace Nvdimm.DevEngine.Storage;

/// <summary>A NUMA node of a VM.</summary>
internal sealed record NumaNodeRow
{
    public string VmId { get; init; } = "";

    /// <summary>The node's number in the guest, from 0.</summary>
    public long Node { get; init; }

    /// <summary>The node's memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The host nodes that the node is pinned to, separated by commas; empty if it is not pinned.</summary>
    public string HostNodes { get; init; } = "";

    /// <summary>The node's vCPUs, separated by commas.</summary>
    public string Cpus { get; init; } = "";

    /// <summary>The host nodes that the node is pinned to.</summary>
    public IEnumerable<int> PinnedTo => Numbers(HostNodes);

    /// <summary>The numbers of the node's vCPUs.</summary>
    public IEnumerable<int> CpuIds => Numbers(Cpus);

    private static IEnumerable<int> Numbers(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
}
