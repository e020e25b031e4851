namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>What guests have written on a device.</summary>
internal sealed class GuestContent
{
    /// <summary>The VM whose content it is; null where it is blank.</summary>
    public ModelVm? Writer { get; set; }

    /// <summary>The uuid in the labels that a guest has written last; null where there are none.</summary>
    public Guid? Label { get; set; }

    /// <summary>Whether these labels are gone from where the guest looks for them.</summary>
    public bool IsWiped { get; set; }

    /// <summary>Whether an administrator has accepted what is wrong with the labels, since the last start.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>The uuid in the labels at the other layout's place; null where there are none.</summary>
    public Guid? Elsewhere { get; set; }

    /// <summary>Whether the device shows the labels with this uuid somewhere.</summary>
    public bool Shows(Guid label) => (label == Label && !IsWiped) || label == Elsewhere;

    /// <summary>Whether an administrator has let go of it: whoever is next may have it.</summary>
    public bool IsReleased { get; set; }

    public GuestContent Copy() => new()
    {
        Writer = Writer,
        Label = Label,
        IsWiped = IsWiped,
        Elsewhere = Elsewhere,
        IsReleased = IsReleased,
    };
}
