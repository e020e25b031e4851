using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// An NVDIMM of a libvirt domain: <c>&lt;memory model='nvdimm'&gt;</c>. <see cref="Create(NvdimmDevice, NvdimmLayout, int, string?)"/>
/// creates one, <see cref="DomainNvdimms.Read(Domain)"/> reads those of a domain.
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
    /// The target size in bytes, a whole number of KiB. In the XML of a running domain libvirt has rounded it: on x86 up to 2 MiB, on POWER
    /// down to 256 MiB beside the label.
    /// </summary>
    public ByteSize TargetSize { get; private init; }

    /// <summary>
    /// The alignment that QEMU is given, in bytes. Null if the domain has none, or 0, which libvirt 9.0.0 drops (measured): QEMU then takes
    /// the host's page size. No default is filled in.
    /// </summary>
    public ByteSize? AlignSize { get; internal init; }

    /// <summary>
    /// The size of the label area, a whole number of KiB. Null if the domain has none, or 0, which libvirt 9.0.0 drops (measured).
    /// </summary>
    public ByteSize? LabelSize { get; internal init; }

    /// <summary>The NUMA node of the guest; null if the domain names none, which libvirt refuses.</summary>
    public int? GuestNode { get; internal init; }

    /// <summary>
    /// The UUID that a POWER guest sees (<see cref="GuestUuid"/>); null on other architectures, where libvirt refuses it.
    /// </summary>
    public Guid? Uuid { get; internal init; }

    /// <summary>
    /// The alias. libvirt keeps one that starts with <c>ua-</c>, and replaces any other by its own, such as <c>nvdimm0</c>.
    /// </summary>
    public string? Alias { get; internal init; }

    /// <summary>The NVDIMM's own <c>access</c>; null if it has none.</summary>
    public NvdimmAccess? Access { get; internal init; }

    /// <summary>
    /// The access that applies if <see cref="Access"/> is null: the <c>memAccess</c> of the NVDIMM's guest NUMA cell, otherwise
    /// <c>&lt;memoryBacking&gt;&lt;access mode=…/&gt;</c>. Null if the domain has neither (libvirt 9.0.0, measured in all combinations).
    /// </summary>
    public NvdimmAccess? InheritedAccess { get; internal init; }

    /// <summary>
    /// Whether the guest's writes reach the device, by <see cref="Access"/> or otherwise by <see cref="InheritedAccess"/>. If both are
    /// null, libvirt gives QEMU no <c>share</c>, and the mapping is private.
    /// </summary>
    public bool IsShared => (Access ?? InheritedAccess) == NvdimmAccess.Shared;

    /// <summary>Whether the guest is told not to write (<c>&lt;readonly/&gt;</c>; QEMU's <c>unarmed</c>).</summary>
    public bool IsReadOnly { get; internal init; }

    /// <summary>
    /// The NVDIMM's own <c>discard</c>; null if it has none. libvirt refuses true (<see cref="NvdimmCodes.XmlDiscard"/>).
    /// </summary>
    public bool? Discard { get; internal init; }

    /// <summary>The slot and address in the guest; null if libvirt and QEMU choose them.</summary>
    public NvdimmAddress? Address { get; internal init; }

    /// <summary>Whether QEMU is told that the backing is persistent memory (<c>&lt;pmem/&gt;</c>).</summary>
    public bool IsPmem { get; internal init; }

    /// <summary>The architecture for which it was sized; null if it was read from a domain that names none.</summary>
    public GuestArchitecture? Architecture { get; internal init; }

    /// <summary>
    /// Creates the element for a device and its layout, as oVirt writes it (oVirt Engine 4.5,
    /// <c>LibvirtVmXmlBuilder.writeNvdimmHostDevice</c>); on POWER also with the UUID.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="layout">Its layout, which includes the architecture.</param>
    /// <param name="guestNode">The NUMA node of the guest, from 0; see <see cref="GuestNumaNode.ForDevice"/>.</param>
    /// <param name="alias">
    /// The alias: <c>ua-</c>, then letters, digits, hyphens, underscores or dots. Default: null, which gives <c>ua-</c> and the device's
    /// UUID or, if it has none, a name-based UUID of its path.
    /// </param>
    /// <returns>
    /// The element and the layout's warnings, or every reason for a refusal: <see cref="NvdimmCodes.Unusable"/>,
    /// <see cref="NvdimmCodes.NoDevicePath"/> (also for a path that is not absolute or has control characters),
    /// <see cref="NvdimmCodes.NoStableGuestUuid"/> (POWER only), <see cref="NvdimmCodes.LayoutOfOtherDevice"/> (the layout is for a device
    /// of another size or kind; not detected if the device has no size).
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> or <paramref name="layout"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="guestNode"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="alias"/> is not one that libvirt keeps.</exception>
    public static NvdimmElementResult Create(NvdimmDevice device, NvdimmLayout layout, int guestNode, string? alias = null) =>
        NvdimmElementFactory.Create(device, SizingResult.Of(layout), guestNode, alias);

    /// <summary>
    /// Creates the element for a device and the result of sizing it, with the default alias. If the sizing was refused, the result has its
    /// refusals and those of the device.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="sized">The result of sizing the device.</param>
    /// <param name="guestNode">The NUMA node of the guest, from 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="guestNode"/> is negative.</exception>
    public static NvdimmElementResult Create(NvdimmDevice device, in SizingResult sized, int guestNode) =>
        NvdimmElementFactory.Create(device, sized, guestNode, alias: null);

    /// <summary>Returns this element with another UUID, such as the one with which the device was used before. Only for POWER.</summary>
    /// <exception cref="InvalidOperationException">The element is for another architecture.</exception>
    public NvdimmElement WithUuid(Guid uuid) => Architecture is { Family: not { HasUuid: true } }
        ? throw new InvalidOperationException("libvirt takes the uuid of an NVDIMM on POWER only")
        : this with { Uuid = uuid };

    /// <summary>Returns this element with another layout.</summary>
    /// <param name="targetSize">The target size, a whole number of KiB.</param>
    /// <param name="alignSize">The alignment, a whole number of KiB; null for none.</param>
    /// <param name="labelSize">The label size, a whole number of KiB; null for none.</param>
    /// <exception cref="ArgumentException">A size is not a whole number of KiB, or an alignment or label is 0.</exception>
    public NvdimmElement WithLayout(ByteSize targetSize, ByteSize? alignSize, ByteSize? labelSize)
    {
        ThrowIfNotKiB(targetSize, nameof(targetSize));
        ThrowIfNotKiB(alignSize, nameof(alignSize));
        ThrowIfNotKiB(labelSize, nameof(labelSize));
        return this with { TargetSize = targetSize, AlignSize = alignSize, LabelSize = labelSize };
    }

    /// <summary>Returns this element on another NUMA node of the guest, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The node is negative.</exception>
    public NvdimmElement WithGuestNode(int guestNode)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(guestNode);
        return this with { GuestNode = guestNode };
    }

    /// <summary>
    /// Returns the element as XML in oVirt's order, with sizes in KiB, two spaces of indentation and line feeds between the lines. It does
    /// not include what libvirt adds to a running domain, such as the address.
    /// </summary>
    public string ToXml() => NvdimmElementWriter.Write(this, "\n", "  ");

    private static void ThrowIfNotKiB(ByteSize? size, string name)
    {
        if (size is { } given && (given.Bytes == 0 || given.Bytes % LibvirtSize.KiB != 0))
        {
            throw new ArgumentException($"libvirt takes whole KiB above 0, not {given.Bytes} bytes", name);
        }
    }
}

/// <summary>How QEMU maps the device of an NVDIMM. libvirt refuses any other value.</summary>
public enum NvdimmAccess
{
    /// <summary>The guest's writes reach the device (<c>share=on</c>).</summary>
    Shared,

    /// <summary>The guest's writes stay in memory and are lost when it ends (<c>share=off</c>).</summary>
    Private,
}

/// <summary>The <c>&lt;address&gt;</c> of an NVDIMM.</summary>
/// <param name="Type">The type as written; the valid one is <c>dimm</c>. Null if none is written, which libvirt refuses.</param>
/// <param name="Slot">The memory slot, from 0; null if none is written, or the type is not <c>dimm</c>.</param>
/// <param name="Base">
/// The guest address in bytes. Null if QEMU chooses it: none is written, it is 0, or the type is not <c>dimm</c>. libvirt 9.0.0 reads it as
/// hexadecimal with and without <c>0x</c> (measured: <c>4294967296</c> becomes 0x4294967296).
/// </param>
public sealed record NvdimmAddress(string? Type, uint? Slot, ByteSize? Base)
{
    /// <summary>Whether the type is <c>dimm</c>.</summary>
    public bool IsDimm => Type == "dimm";
}
