using System.Globalization;

namespace Nvdimm.DevEngine.Storage;

/// <summary>A NUMA node of a VM.</summary>
internal sealed record NumaNodeRow
{
    public string VmId { get; init; } = "";

    /// <summary>Its number in the guest, from 0.</summary>
    public long Node { get; init; }

    /// <summary>Its memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The host nodes that it is pinned to, with commas; empty where it is not pinned.</summary>
    public string HostNodes { get; init; } = "";

    /// <summary>The vCPUs that are on it, with commas.</summary>
    public string Cpus { get; init; } = "";

    /// <summary>The host nodes that it is pinned to.</summary>
    public IEnumerable<int> PinnedTo => Numbers(HostNodes);

    /// <summary>The numbers of the vCPUs that are on it.</summary>
    public IEnumerable<int> CpuIds => Numbers(Cpus);

    private static IEnumerable<int> Numbers(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
}
