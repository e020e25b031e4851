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
    public ByteSize TargetSize { get; private init; }

    /// <summary>
    /// The alignment that QEMU is told. Null where the domain has none, or 0, which libvirt 9.0.0 drops (measured): QEMU then takes the
    /// host's page. No default is put in its place.
    /// </summary>
    public ByteSize? AlignSize { get; internal init; }

    /// <summary>
    /// The size of the label area, a whole number of KiB. Null where the domain has none, or 0, which libvirt 9.0.0 drops (measured).
    /// </summary>
    public ByteSize? LabelSize { get; internal init; }

    /// <summary>The NUMA node of the guest; null where the domain names none, which libvirt refuses.</summary>
    public int? GuestNode { get; internal init; }

    /// <summary>The uuid that a POWER guest sees (<see cref="GuestUuid"/>); null on other architectures, where libvirt refuses one.</summary>
    public Guid? Uuid { get; internal init; }

    /// <summary>The alias: libvirt keeps one that starts with <c>ua-</c>, and otherwise gives its own, such as <c>nvdimm0</c>.</summary>
    public string? Alias { get; internal init; }

    /// <summary>Its own <c>access</c>; null where it has none.</summary>
    public NvdimmAccess? Access { get; internal init; }

    /// <summary>
    /// What counts where <see cref="Access"/> is null: the <c>memAccess</c> of the guest's NUMA cell that it is on, otherwise
    /// <c>&lt;memoryBacking&gt;&lt;access mode=…/&gt;</c>. Null where the domain has neither (libvirt 9.0.0, measured in all combinations).
    /// </summary>
    public NvdimmAccess? InheritedAccess { get; internal init; }

    /// <summary>
    /// Whether the guest's writes reach the device: by <see cref="Access"/>, otherwise by <see cref="InheritedAccess"/>. Without either
    /// libvirt gives QEMU no <c>share</c>, and the mapping is private.
    /// </summary>
    public bool IsShared => (Access ?? InheritedAccess) == NvdimmAccess.Shared;

    /// <summary>Whether the guest is told not to write (<c>&lt;readonly/&gt;</c>; QEMU's <c>unarmed</c>).</summary>
    public bool IsReadOnly { get; internal init; }

    /// <summary>Its own <c>discard</c>; null where it has none. libvirt refuses true (<see cref="NvdimmCodes.XmlDiscard"/>).</summary>
    public bool? Discard { get; internal init; }

    /// <summary>Its place in the guest; null where libvirt and QEMU choose.</summary>
    public NvdimmAddress? Address { get; internal init; }

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
    /// characters), <see cref="NvdimmCodes.NoStableGuestUuid"/> (POWER only), <see cref="NvdimmCodes.LayoutOfOtherDevice"/> (the layout is for
    /// a device of another size or kind; not seen where the device has no size).
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
    public NvdimmElement WithUuid(Guid uuid) => Architecture is { Family: not { HasUuid: true } }
        ? throw new InvalidOperationException("libvirt takes the uuid of an NVDIMM on POWER only")
        : this with { Uuid = uuid };

    /// <summary>This element with another layout.</summary>
    /// <param name="targetSize">The target size, a whole number of KiB.</param>
    /// <param name="alignSize">The alignment, a whole number of KiB; null for none.</param>
    /// <param name="labelSize">The label size, a whole number of KiB; null for none.</param>
    /// <exception cref="ArgumentException">A size is no whole number of KiB, or an alignment or label is 0.</exception>
    public NvdimmElement WithLayout(ByteSize targetSize, ByteSize? alignSize, ByteSize? labelSize)
    {
        ThrowIfNotKiB(targetSize, nameof(targetSize));
        ThrowIfNotKiB(alignSize, nameof(alignSize));
        ThrowIfNotKiB(labelSize, nameof(labelSize));
        return this with { TargetSize = targetSize, AlignSize = alignSize, LabelSize = labelSize };
    }

    /// <summary>This element on another NUMA node of the guest, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The node is negative.</exception>
    public NvdimmElement WithGuestNode(int guestNode)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(guestNode);
        return this with { GuestNode = guestNode };
    }

    /// <summary>
    /// The element as text, in oVirt's order, its sizes in KiB; indented by two spaces, with line feeds between the lines.
    /// What libvirt adds to a running domain, such as the address, is not in it.
    /// </summary>
    public string ToXml() => NvdimmElementWriter.Write(this, "\n", "  ");

    private static void ThrowIfNotKiB(ByteSize? size, string name)
    {
        if (size is { } known && (known.Bytes == 0 || known.Bytes % LibvirtSize.KiB != 0))
        {
            throw new ArgumentException($"libvirt takes whole KiB above 0, not {known.Bytes} bytes", name);
        }
    }
}
