namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>What guests have written on a device.</summary>
internal sealed class GuestContent
{
    /// <summary>The VM whose content it is; null where it is blank.</summary>
    public ModelVm? Writer { get; set; }

    /// <summary>The uuid in the labels; null where there are none.</summary>
    public Guid? Label { get; set; }

    /// <summary>Whether an administrator has let go of it: whoever is next may have it.</summary>
    public bool IsReleased { get; set; }

    public GuestContent Copy() => new() { Writer = Writer, Label = Label, IsReleased = IsReleased };
}
