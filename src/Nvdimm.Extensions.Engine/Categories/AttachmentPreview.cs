using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>What attaching devices would mean.</summary>
/// <param name="Devices">The devices that the names stand for, each once; a name that stands for none or for several is a violation.</param>
/// <param name="Attach">Whether they may be attached.</param>
/// <param name="Start">Whether the VM would start with them.</param>
public sealed record AttachmentPreview(ValueList<PreviewedDevice> Devices, PolicyVerdict Attach, PolicyVerdict Start)
{
    /// <summary>Whether they may be attached and the VM would start with them.</summary>
    public bool IsAllowed => Attach.IsAllowed && Start.IsAllowed;

    /// <summary>Everything that speaks against it, each once: of the attachment, then of the start.</summary>
    public ValueList<Finding> Violations => Attach.Violations.Concat(Start.Violations).Distinct().ToValueList();
}
