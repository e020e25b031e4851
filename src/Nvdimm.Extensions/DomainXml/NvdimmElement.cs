using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// An NVDIMM of a libvirt domain: <c>&lt;memory model='nvdimm'&gt;</c>. Made by <see cref="Create(NvdimmDevice, NvdimmLayout, int, string?)"/>, or read by
/// <see cref="DomainNvdimms.Read"/>.
/// </summary>
public sealed record NvdimmElement
{
    internal NvdimmElement(string path, ByteSize targetSize)
    {
        Path = path;
        TargetSize = targetSize;
    }

    /// <summary>The device file on the host, such as <c>/dev/pmem0</c>.</summary>
    public string Path { get; }

    /// <summary>
    /// The target size in bytes, a whole number of KiB. In the XML of a running domain it is what libvirt has made of it:
    /// on x86 rounded up to 2 MiB, on POWER down to 256 MiB beside the label.
    /// </summary>
    public ByteSize TargetSize { get; }

    /// <summary>The alignment that QEMU is told; null where the domain leaves it to libvirt and QEMU.</summary>
    public ByteSize? AlignSize { get; internal init; }

    /// <summary>The size of the label area, a whole number of KiB; null where it has none.</summary>
    public ByteSize? LabelSize { get; internal init; }

    /// <summary>The NUMA node of the guest; null where the domain names none, which libvirt refuses.</summary>
    public int? GuestNode { get; internal init; }

    /// <summary>The uuid that a POWER guest sees (<see cref="GuestUuid"/>); null on other architectures, where libvirt refuses one.</summary>
    public Guid? Uuid { get; internal init; }

    /// <summary>The alias: libvirt keeps one that starts with <c>ua-</c>, and otherwise gives its own, such as <c>nvdimm0</c>.</summary>
    public string? Alias { get; internal init; }

    /// <summary>Whether the guest's writes reach the device (<c>access='shared'</c>).</summary>
    public bool IsShared { get; internal init; }

    /// <summary>Whether QEMU is told that the backing is persistent memory (<c>&lt;pmem/&gt;</c>).</summary>
    public bool IsPmem { get; internal init; }

    /// <summary>The architecture that its sizes are for; null where it was read from a domain that names none.</summary>
    public GuestArchitecture? Architecture { get; internal init; }

    /// <summary>
    /// The element for a device and its layout, as oVirt writes it (oVirt Engine 4.5, <c>LibvirtVmXmlBuilder.writeNvdimmHostDevice</c>);
    /// on POWER also with the uuid.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="layout">Its layout, which also says for which architecture.</param>
    /// <param name="guestNode">The NUMA node of the guest, from 0; see <see cref="GuestNumaNode.ForDevice"/>.</param>
    /// <param name="alias">
    /// The alias: <c>ua-</c>, then letters, digits, hyphens, underscores or dots. Null, the default, for <c>ua-</c> and the device's
    /// uuid or, where it has none, a name-based uuid of its path.
    /// </param>
    /// <returns>
    /// The element and the layout's warnings, or every reason why there is none:
    /// <see cref="NvdimmCodes.Unusable"/>, <see cref="NvdimmCodes.NoDevicePath"/> (also for a path that is not absolute or has control
    /// characters), <see cref="NvdimmCodes.NoStableGuestUuid"/> (POWER only).
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> or <paramref name="layout"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="guestNode"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="alias"/> is none that libvirt keeps.</exception>
    public static NvdimmElementResult Create(NvdimmDevice device, NvdimmLayout layout, int guestNode, string? alias = null) =>
        NvdimmElementFactory.Create(device, SizingResult.Of(layout), guestNode, alias);

    /// <summary>
    /// The element for a device and what sizing it came to, with the default alias. Where the sizing is refused, the result has its refusals
    /// beside those of the device.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="sized">What sizing it came to.</param>
    /// <param name="guestNode">The NUMA node of the guest, from 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="guestNode"/> is negative.</exception>
    public static NvdimmElementResult Create(NvdimmDevice device, in SizingResult sized, int guestNode) =>
        NvdimmElementFactory.Create(device, sized, guestNode, alias: null);

    /// <summary>This element with another uuid, such as the one that the device was used with before. Only for POWER.</summary>
    /// <exception cref="InvalidOperationException">It is for another architecture.</exception>
    public NvdimmElement WithUuid(Guid uuid) => Architecture is { IsPower: false }
        ? throw new InvalidOperationException("libvirt takes the uuid of an NVDIMM on POWER only")
        : this with { Uuid = uuid };

    /// <summary>
    /// The element as text, in oVirt's order, its sizes in KiB; indented by two spaces, with line feeds between the lines.
    /// What libvirt adds to a running domain, such as the address, is not in it.
    /// </summary>
    public string ToXml() => NvdimmElementWriter.Write(this, "\n", "  ");
}
