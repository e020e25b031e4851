using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.DevEngine.Hosts;

/// <summary>The devices of a VM's host.</summary>
/// <param name="Host">The host's id; null if the VM is not pinned to exactly one host.</param>
/// <param name="All">One listing for each category.</param>
internal sealed record HostListings(string? Host, ValueList<HostDeviceListing> All)
{
    /// <summary>No devices, of no host.</summary>
    public static HostListings None { get; } = new(null, []);
}
