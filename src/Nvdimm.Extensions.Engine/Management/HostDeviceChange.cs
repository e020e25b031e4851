using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>What became of an attachment or a detachment.</summary>
/// <param name="Verdict">What speaks against it. Where something refuses, nothing was changed, or the change was undone.</param>
/// <param name="Devices">The kernel names of the devices that are attached now, or detached now.</param>
public sealed record HostDeviceChange(PolicyVerdict Verdict, ValueList<string> Devices)
{
    /// <summary>
    /// Why not all devices were changed although the policy allows it; those in <see cref="Devices"/> were. Null where all were, or none was to be.
    /// </summary>
    public OvirtException? Failure { get; init; }

    /// <summary>Whether everything that was asked for is done.</summary>
    public bool IsDone => Verdict.IsAllowed && Failure is null;
}
