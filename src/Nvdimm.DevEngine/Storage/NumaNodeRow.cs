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

    /// <summary>The host nodes that it is pinned to.</summary>
    public IEnumerable<int> PinnedTo =>
        HostNodes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(node => int.Parse(node, NumberStyles.None, CultureInfo.InvariantCulture));
}
