namespace Nvdimm.DevEngine.Fields;

/// <summary>A NUMA node of a VM in an OVF.</summary>
/// <param name="Index">The number of the node in the guest.</param>
/// <param name="Memory">The memory in bytes.</param>
/// <param name="Cpus">The vCPUs, separated by commas.</param>
/// <param name="HostNodes">The host nodes that the node is pinned to, separated by commas.</param>
internal sealed record OvfNumaNode(int Index, long Memory, string Cpus, string HostNodes);
