using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>What attaching devices would mean.</summary>
/// <param name="Devices">The devices that the names stand for, each once; a name that stands for none or for several is a violation.</param>
/// <param name="Attach">Whether they may be attached.</param>
/// <param name="Start">Whether the VM would start with them.</param>
public sealed record AttachmentPreview(ValueList<PreviewedDevice> Devices, PolicyVerdict Attach, PolicyVerdict Start)
{
    /// <summary>What keeps the VM from starting as it is now, without the devices: repairing it goes on one device after the other.</summary>
    public ValueList<Finding> Earlier { get; init; } = [];

    /// <summary>Whether they may be attached, and add nothing that keeps the VM from starting.</summary>
    public bool IsAllowed => Attach.IsAllowed && Start.Violations.All(violation => violation.Severity != Severity.Error || Earlier.Contains(violation));

    /// <summary>
    /// Everything that speaks against it, each once: of the attachment, then of the start. What keeps the VM from starting without them, too, is a
    /// warning.
    /// </summary>
    public ValueList<Finding> Violations => Attach.Violations
        .Concat(Start.Violations
            .Where(violation => !Attach.Violations.Contains(violation))
            .Select(violation => Earlier.Contains(violation) ? violation with { Severity = Severity.Warning } : violation))
        .Distinct()
        .ToValueList();
}
