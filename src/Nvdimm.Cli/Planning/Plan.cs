using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Planning;

/// <summary>What attaching devices would mean.</summary>
/// <param name="Devices">The devices that the names stand for.</param>
/// <param name="Attach">The policy for attaching them.</param>
/// <param name="Start">The policy for starting the VM with them.</param>
/// <param name="Issues">What else is odd: the listing, the planned devices, the domain.</param>
internal sealed record Plan(ValueList<PlannedDevice> Devices, PolicyVerdict Attach, PolicyVerdict Start, ValueList<(string? Device, Finding Finding)> Issues)
{
    /// <summary>The VM's name; <c>A VM</c> where it was made up.</summary>
    public string VmName { get; init; } = "A VM";

    /// <summary>Whether the VM was made up.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The edited domain; null without one, and where the plan is refused.</summary>
    public string? DomainXml { get; init; }

    /// <summary>The domain's maximum memory with the devices; null where it is not known.</summary>
    public ByteSize? MaxMemory { get; init; }

    /// <summary>The memory slots that are left for memory hot plug; null where there are not enough.</summary>
    public int? MemorySlotsLeft { get; init; }

    /// <summary>What comes of plugging memory into the VM with the devices; empty where it cannot be told.</summary>
    public ValueList<HotPlug> HotPlugs { get; init; } = [];

    /// <summary>The TSEG size that the guest needs; null where the default does, or nothing is known.</summary>
    public ByteSize? TsegSize { get; init; }

    /// <summary>Whether anything refuses it.</summary>
    public bool IsRefused { get; init; }

    /// <summary>What it means for the exit status, the listing apart: a domain with values that cannot be read is bad input.</summary>
    public int Status => Devices.Select(device => device.Guard.Status).Append(
        !IsRefused ? ExitStatus.Good
        : Issues.Any(issue => issue.Finding.Code == NvdimmCodes.XmlBadValue) ? ExitStatus.BadInput
        : ExitStatus.Refused).Max();
}
