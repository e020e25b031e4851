namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>What the ledger of a host must know of a device by what has happened: the oracle's own ledger, which no code under test writes.</summary>
/// <param name="Name">The number of the name under which it was last used.</param>
internal sealed record KnownRecord(int Name)
{
    public Guid? Uuid { get; init; }

    public Guid? RawUuid { get; init; }

    public Guid? Label { get; init; }

    public ModelVm? Owner { get; init; }

    /// <summary>The host that it is of.</summary>
    public int Host { get; init; }

    /// <summary>Whether it was used, or recorded as used.</summary>
    public bool IsUsed { get; init; }

    /// <summary>Whether its owner has another device in its place, by an administrator's word.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>Whether what is known says that this is the device, or may be.</summary>
    public bool LeadsTo(PhysicalDevice device, int name, int host)
    {
        if (Uuid is null)
        {
            return (device.ShownUuid is null && name == Name && host == Host) || IsLabelOf(device);
        }

        return Uuid == device.ShownUuid
            || (RawUuid is { } raw && (raw == device.ShownUuid || raw == device.ShownRawUuid))
            || Uuid == device.ShownRawUuid
            || IsLabelOf(device);
    }

    private bool IsLabelOf(PhysicalDevice device) => !device.IsShifted && Label is { } label && device.Content.Shows(label);
}
