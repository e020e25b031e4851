namespace Nvdimm.Extensions.Devices;

/// <summary>What the host does with a device by itself, which no listing shows.</summary>
/// <param name="IsReadOnly">Whether the kernel refuses writes.</param>
/// <param name="Uses">Who has it, in words for people: <c>mounted on /data</c>, <c>held by dm-0</c>, <c>swap</c>. Empty where nobody has.</param>
public sealed record DeviceUse(bool IsReadOnly, ValueList<string> Uses)
{
    /// <summary>Writable and not in use.</summary>
    public static DeviceUse Free { get; } = new(IsReadOnly: false, []);
}
