using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>An operation, and the facts about the VM, the host and other VMs.</summary>
public sealed record HostDeviceRequest
{
    /// <summary>The operation. Default: attach.</summary>
    public HostDeviceOperation Operation { get; init => field = EnumArgument.Checked(value, last: HostDeviceOperation.Import); }

    /// <summary>The VM; null if it does not exist, or for an operation on a host.</summary>
    public ManagedVm? Vm { get; init; }

    /// <summary>
    /// The devices that the operation names (attach, detach, hot plug, hot unplug): kernel names, or other names that the category knows,
    /// such as UUIDs. Other operations concern all devices of the VM and ignore this list.
    /// </summary>
    public ValueList<string> Devices { get; init; } = [];

    /// <summary>
    /// The category's listing of the host to which the VM is pinned, or of the host that the operation concerns. Null if nothing is known
    /// of it; then nothing is attached, and no VM with devices of the category starts.
    /// </summary>
    public HostDeviceListing? Listing { get; init; }

    /// <summary>The other VMs of the management API, without the VM itself.</summary>
    public ValueList<ManagedVm> OtherVms { get; init; } = [];

    /// <summary>For a migration: whether the user forces it. Default: no.</summary>
    public bool ForceMigration { get; init; }

    /// <summary>For a change of the pinning: the new hosts.</summary>
    public ValueList<HostReference> NewPinnedHosts { get; init; } = [];

    /// <summary>
    /// For a clone or template: whether the copy is pinned to other hosts. Then the engine does not copy host devices. Default: no.
    /// </summary>
    public bool CopyIsPinnedElsewhere { get; init; }
}
