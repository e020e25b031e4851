namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The words of the engine's texts for an operation (oVirt Engine 4.5, <c>AppErrors.properties</c>, VAR__ACTION__ and VAR__TYPE__).
/// </summary>
internal static class OperationWords
{
    /// <summary>The arguments <c>action</c> and <c>type</c>.</summary>
    public static FindingArgument[] Of(HostDeviceOperation operation)
    {
        var (action, type) = operation switch
        {
            HostDeviceOperation.Attach or HostDeviceOperation.HotPlug => ("add", "Host devices"),
            HostDeviceOperation.Detach or HostDeviceOperation.HotUnplug => ("remove", "Host devices"),
            HostDeviceOperation.Start => ("run", "VM"),
            HostDeviceOperation.Snapshot or HostDeviceOperation.SnapshotWithMemory => ("create", "Snapshot"),
            HostDeviceOperation.SnapshotRestore => ("revert to", "Snapshot"),
            HostDeviceOperation.Hibernate => ("hibernate", "VM"),
            HostDeviceOperation.Migrate => ("migrate", "VM"),
            HostDeviceOperation.MemoryHotPlug => ("hot set memory", "VM"),
            HostDeviceOperation.ChangePinning => ("edit", "VM"),
            HostDeviceOperation.Clone => ("add", "VM"),
            HostDeviceOperation.Template => ("add", "Template"),
            HostDeviceOperation.RemoveHost => ("remove", "Host"),
            HostDeviceOperation.Import => ("import", "VM"),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such operation"),
        };
        return [("action", action), ("type", type)];
    }
}
