using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>What would happen if devices were attached.</summary>
/// <param name="Devices">The devices that the names select, each once. A name that selects none or several is a finding.</param>
/// <param name="Attach">Whether the devices may be attached.</param>
/// <param name="Start">Whether the VM would start with them.</param>
public sealed record AttachmentPreview(ValueList<PreviewedDevice> Devices, PolicyResult Attach, PolicyResult Start)
{
    /// <summary>
    /// What already keeps the VM from starting without the devices. It does not block the attach, so that a VM can be repaired one device
    /// after the other.
    /// </summary>
    public ValueList<Finding> Earlier { get; init; } = [];

    /// <summary>Whether the devices may be attached, and add nothing that keeps the VM from starting.</summary>
    public bool IsAllowed =>
        Attach.IsAllowed && Start.Findings.All(finding => finding.Severity != Severity.Error || Earlier.Contains(finding));

    /// <summary>
    /// All findings, each once: those of the attach, then those of the start. What keeps the VM from starting even without the devices is a
    /// warning.
    /// </summary>
    public ValueList<Finding> Findings => Attach.Findings
        .Concat(Start.Findings
            .Where(finding => !Attach.Findings.Contains(finding))
            .Select(finding => Earlier.Contains(finding) ? finding with { Severity = Severity.Warning } : finding))
        .Distinct()
        .ToValueList();
}

/// <summary>A device as the VM would get it.</summary>
/// <param name="Device">The device.</param>
public sealed record PreviewedDevice(HostDevice Device)
{
    /// <summary>The size that the guest would see, in bytes; null if the device is refused.</summary>
    public ByteSize? GuestSize { get; init; }

    /// <summary>The bytes of the device that the guest would not get; null if the device is refused.</summary>
    public ByteSize? LostSize { get; init; }

    /// <summary>The guest NUMA node that the device would belong to; null if the guest has none.</summary>
    public int? GuestNode { get; init; }

    /// <summary>The parts of the device from start to end, without gaps; empty if the device is refused.</summary>
    public ValueList<DeviceArea> Areas { get; init; } = [];

    /// <summary>The XML that would be written into the domain; null if the device is refused.</summary>
    public string? Xml { get; init; }

    /// <summary>The findings of this layout: every reason for a refusal, and warnings.</summary>
    public ValueList<Finding> Findings { get; init; } = [];
}
