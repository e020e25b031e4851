using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>The result of an attach or a detach.</summary>
/// <param name="Check">
/// The findings. If one refuses, nothing was changed, or the change was undone except for <see cref="Devices"/>.
/// </param>
/// <param name="Devices">The kernel names of the devices that were attached or detached.</param>
public sealed record HostDeviceChange(PolicyResult Check, ValueList<string> Devices)
{
    /// <summary>
    /// Why the engine did not change all devices although the policy allows it, could not be read after the change, or did not undo it. The
    /// devices in <see cref="Devices"/> were changed. Null if there was no failure.
    /// </summary>
    public OvirtException? Failure { get; init; }

    /// <summary>
    /// Why the attachment record differs from the engine. The record lacks the change of the last of <see cref="Devices"/>. It then has a
    /// device too many and not one too few, so that a start is refused. Null if the record is correct.
    /// </summary>
    public Exception? RecordFailure { get; init; }

    /// <summary>
    /// Whether devices were attached and then removed again, because a check afterwards found an error: another client had changed the same
    /// devices. <see cref="Failure"/> says if that removal failed, too.
    /// </summary>
    public bool IsUndone { get; init; }

    /// <summary>Whether everything that was requested is done.</summary>
    public bool IsDone => Check.IsAllowed && Failure is null && RecordFailure is null;
}
