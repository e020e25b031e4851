namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>A device as it is, whatever is known of it: the oracle's truth.</summary>
internal sealed class PhysicalDevice(int number, Guid? uuid, Guid? rawUuid)
{
    /// <summary>What a namespace takes for itself: the raw area is larger by that, and all data in it is shifted.</summary>
    public const long Header = 2L << 20;

    /// <summary>A hot-plug block, what libvirt rounds to, and some that is not used.</summary>
    public const long SmallestSize = 132L << 20;

    /// <summary>The size that the engine asks for.</summary>
    public const long TargetSize = 130L << 20;

    public const long LabelOffset = TargetSize - (128L << 10);

    /// <summary>Another size that a domain can ask for, and where its labels are.</summary>
    public const long OtherTargetSize = 66L << 20;

    public const long OtherLabelOffset = OtherTargetSize - (128L << 10);

    /// <summary>The uuid; null for a device of which nothing but its name is known.</summary>
    public Guid? Uuid { get; set; } = uuid;

    /// <summary>The uuid of its raw area; null for a raw namespace.</summary>
    public Guid? RawUuid { get; set; } = rawUuid;

    public long Size { get; set; } = SmallestSize;

    public DeviceForm Form { get; set; }

    public GuestContent Content { get; set; } = new();

    /// <summary>Whether the namespace is raw, so that it cannot fall back to anything.</summary>
    public bool IsRaw => RawUuid is null;

    /// <summary>Whether its raw area shows in its place.</summary>
    public bool IsShifted => !IsRaw && Form == DeviceForm.RawArea;

    /// <summary>The uuid that the host shows.</summary>
    public Guid? ShownUuid => Form == DeviceForm.Whole || IsRaw ? Uuid : RawUuid;

    /// <summary>The uuid of the raw area, as far as the host shows it beside the other.</summary>
    public Guid? ShownRawUuid => Form == DeviceForm.Whole ? RawUuid : null;

    /// <summary>Somebody uses the raw area as it is: the namespace is lost.</summary>
    public void BecomeRaw() => (Uuid, RawUuid, Size, Form, Content) = (RawUuid, null, Size + Header, DeviceForm.Whole, new GuestContent());

    public override string ToString() => $"device {number}";
}
