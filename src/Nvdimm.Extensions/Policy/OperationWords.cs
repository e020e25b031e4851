namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The words of the engine's texts for an operation (oVirt Engine 4.5, <c>AppErrors.properties</c>, VAR__ACTION__ and VAR__TYPE__).
/// </summary>
internal static class OperationWords
{
    /// <summary>The arguments <c>action</c> and <c>type</c>.</summary>
    public static FindingArgument[] Of(NvdimmOperation operation)
    {
        var (action, type) = operation switch
        {
            NvdimmOperation.Attach or NvdimmOperation.HotPlug => ("add", "Host devices"),
            NvdimmOperation.Detach or NvdimmOperation.HotUnplug => ("remove", "Host devices"),
            NvdimmOperation.Start => ("run", "VM"),
            NvdimmOperation.Snapshot or NvdimmOperation.SnapshotWithMemory => ("create", "Snapshot"),
            NvdimmOperation.SnapshotRestore => ("revert to", "Snapshot"),
            NvdimmOperation.Hibernate => ("hibernate", "VM"),
            NvdimmOperation.Migrate => ("migrate", "VM"),
            NvdimmOperation.MemoryHotPlug => ("hot set memory", "VM"),
            NvdimmOperation.ChangePinning => ("update", "VM"),
            NvdimmOperation.Clone => ("add", "VM"),
            NvdimmOperation.Template => ("add", "Template"),
            NvdimmOperation.RemoveHost => ("remove", "Host"),
            NvdimmOperation.Import => ("import", "VM"),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such operation"),
        };
        return [("action", action), ("type", type)];
    }
}
