using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.DevEngine.Hosts;

/// <summary>What the host of a VM has.</summary>
/// <param name="Host">The id of the host; null where the VM is not pinned to exactly one.</param>
/// <param name="All">One listing for each category.</param>
internal sealed record HostListings(string? Host, ValueList<HostDeviceListing> All);
