using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>An operation, and all that is known around it.</summary>
public sealed record HostDeviceRequest
{
    /// <summary>What is to be done. Default: attach.</summary>
    public NvdimmOperation Operation { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The VM; null where it was not found, or for an operation on a host.</summary>
    public ManagedVm? Vm { get; init; }

    /// <summary>
    /// The devices that the operation names (attach, detach, hot plug, hot unplug): kernel names, or what else the category resolves,
    /// such as uuids. Ignored by the other operations, which are about all devices of the VM.
    /// </summary>
    public ValueList<string> Devices { get; init; } = [];

    /// <summary>
    /// The category's listing of the host that the VM is pinned to, or of the host that the operation is about; null where nothing is known
    /// of it: then nothing is attached, and nothing with devices of the category starts.
    /// </summary>
    public HostDeviceListing? Listing { get; init; }

    /// <summary>The other VMs of the management API, without the VM itself.</summary>
    public ValueList<ManagedVm> OtherVms { get; init; } = [];

    /// <summary>For a migration: whether the user forces it.</summary>
    public bool ForceMigration { get; init; }

    /// <summary>For a change of the pinning: the hosts it will be pinned to.</summary>
    public ValueList<HostReference> NewPinnedHosts { get; init; } = [];

    /// <summary>For a clone or template: whether the copy is pinned otherwise; then the engine does not copy host devices.</summary>
    public bool CopyIsPinnedElsewhere { get; init; }
}
