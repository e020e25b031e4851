using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>What became of an attachment or a detachment.</summary>
/// <param name="Verdict">What speaks against it. Where something refuses, nothing was changed, or the change was undone as far as <see cref="Devices"/> says.</param>
/// <param name="Devices">The kernel names of the devices that are attached now, or detached now.</param>
public sealed record HostDeviceChange(PolicyVerdict Verdict, ValueList<string> Devices)
{
    /// <summary>
    /// Why the engine did not change all devices although the policy allows it, could not be asked again after the change, or did not undo it; those
    /// in <see cref="Devices"/> were changed. Null where nothing of it happened.
    /// </summary>
    public OvirtException? Failure { get; init; }

    /// <summary>
    /// Why the record of attachments does not say what the engine has: what it cannot say is the last of <see cref="Devices"/>. The record errs on the
    /// side of a device too many, so that a start is refused and not allowed. Null where the record is as it should be.
    /// </summary>
    public Exception? RecordFailure { get; init; }

    /// <summary>Whether everything that was asked for is done.</summary>
    public bool IsDone => Verdict.IsAllowed && Failure is null && RecordFailure is null;
}
