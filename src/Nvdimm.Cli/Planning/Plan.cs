using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Planning;

/// <summary>The effects of attaching devices.</summary>
/// <param name="Devices">The devices that the names match.</param>
/// <param name="Attach">The policy's verdict on attaching them.</param>
/// <param name="Start">The policy's verdict on starting the VM with them.</param>
/// <param name="Findings">Other findings: of the listing, the planned devices, and the domain.</param>
internal sealed record Plan(
    ValueList<PlannedDevice> Devices, PolicyResult Attach, PolicyResult Start, ValueList<(string? Device, Finding Finding)> Findings)
{
    /// <summary>The VM's name; <c>A VM</c> for an assumed VM.</summary>
    public string VmName { get; init; } = "A VM";

    /// <summary>Whether the VM is assumed, not named.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The edited domain; null if no domain was given, or the plan is refused.</summary>
    public string? DomainXml { get; init; }

    /// <summary>The domain's maximum memory with the devices; null if unknown.</summary>
    public ByteSize? MaxMemory { get; init; }

    /// <summary>The memory slots left for hot plug; null if there are not enough.</summary>
    public int? MemorySlotsLeft { get; init; }

    /// <summary>The effects of plugging memory into the VM with the devices; empty if they cannot be predicted.</summary>
    public ValueList<HotPlug> HotPlugs { get; init; } = [];

    /// <summary>The TSEG size that the guest needs; null if the default is enough, or nothing is known.</summary>
    public ByteSize? TsegSize { get; init; }

    /// <summary>Whether the plan is refused.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The exit status without that of the listing. A domain with values that cannot be read is bad input.</summary>
    public int Status => Devices.Select(device => device.Guard.Status).Append(
        !IsRefused ? ExitStatus.Good
        : Findings.Any(finding => finding.Finding.Code == NvdimmCodes.XmlBadValue) ? ExitStatus.BadInput
        : ExitStatus.Refused).Max();
}
