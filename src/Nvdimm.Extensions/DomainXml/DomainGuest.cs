using System.Diagnostics.CodeAnalysis;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>The facts of a domain that matter for NVDIMMs to be added to it.</summary>
public sealed record DomainGuest
{
    /// <summary>The name; null if the domain has none.</summary>
    public required string? Name { get; init; }

    /// <summary>The architecture; null if the domain names none, and libvirt takes the host's.</summary>
    public required GuestArchitecture? Architecture { get; init; }

    /// <summary>
    /// The NUMA cells, in order, with the host nodes to which their memory is pinned: those of the cell's own <c>&lt;memnode&gt;</c>,
    /// otherwise those of <c>&lt;memory nodeset=…&gt;</c> for all cells. Empty without guest NUMA; then libvirt accepts no NVDIMM.
    /// </summary>
    public required ValueList<GuestNumaNode> NumaNodes { get; init; }

    /// <summary>The value of <c>&lt;maxMemory&gt;</c>, NVDIMMs included; null if there is none.</summary>
    public required ByteSize? MaxMemory { get; init; }

    /// <summary>
    /// The number of memory devices that take a slot in every libvirt version: DIMMs and NVDIMMs. libvirt before 9.5 counts the others,
    /// too.
    /// </summary>
    public required int MemoryDevices { get; init; }

    /// <summary>
    /// The number of memory slots. It is 16 if the domain states no number that can be read: adding an NVDIMM then writes 16, or is
    /// refused.
    /// </summary>
    public int MemorySlots { get; init; } = DomainMemory.Slots;

    /// <summary>
    /// The RAM in bytes that the guest boots with, without memory devices: the sum of the NUMA cells. Without cells it is
    /// <c>&lt;memory&gt;</c> less the devices, as libvirt computes it. Zero if it cannot be read, or the devices leave nothing.
    /// </summary>
    public ByteSize Memory { get; init; }

    /// <summary>
    /// Whether the guest's CPU hides the hypervisor: the feature <c>hypervisor</c> is disabled (<see cref="GuestMemoryBlock"/>).
    /// </summary>
    public bool HidesHypervisor { get; init; }

    /// <summary>
    /// Whether the guest's CPU is AMD's: by its model if it is emulated. Null with KVM, which gives every model the vendor of the host's
    /// CPU.
    /// </summary>
    public bool? HasAmdCpu { get; init; }

    /// <summary>The domain's UUID as written, without surrounding blanks; null if it has none, and libvirt creates one.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// The machine type, such as <c>q35</c> or <c>pc-q35-7.2</c>; null if the domain names none, and libvirt takes its default.
    /// </summary>
    public string? Machine { get; init; }

    /// <summary>
    /// The guest's NUMA node of an NVDIMM, with the host nodes to which it is pinned; null if the NVDIMM names none, or one that the guest
    /// does not have.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="element"/> is null.</exception>
    public GuestNumaNode? NodeOf(NvdimmElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return NumaNodes.FirstOrDefault(node => node.Index == element.GuestNode);
    }

    /// <summary>The first guest node whose memory is pinned to exactly this host node; null if there is none.</summary>
    public GuestNumaNode? NodePinnedTo(int hostNode) => NumaNodes.FirstOrDefault(node => node.IsPinnedTo(hostNode));

    /// <summary>Reads a domain XML. Document types and entities are refused.</summary>
    /// <returns>
    /// The guest; or every reason why there is none: <see cref="NvdimmCodes.XmlMalformed"/>, <see cref="NvdimmCodes.XmlDtd"/>,
    /// <see cref="NvdimmCodes.XmlTooLarge"/>, <see cref="NvdimmCodes.XmlNotDomain"/>, <see cref="NvdimmCodes.XmlBadValue"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="domainXml"/> is null.</exception>
    public static DomainGuestResult Read(string domainXml)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        var parsed = Domain.Parse(domainXml);
        return parsed.IsRefused ? new DomainGuestResult(null, parsed.Findings) : Read(parsed.Domain);
    }

    /// <summary>Reads the guest of a parsed domain.</summary>
    /// <returns>The guest; or an <see cref="NvdimmCodes.XmlBadValue"/> for each value that it needs and that cannot be read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="domain"/> is null.</exception>
    public static DomainGuestResult Read(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var (nodes, ofNodes) = DomainNumaNodes.Read(domain);
        var (maxMemory, ofMaxMemory) = DomainSizes.ReadOptional(domain.MaxMemory, "maxMemory");
        var findings = Reading.Join(ofNodes, ofMaxMemory);
        var guest = new DomainGuest
        {
            Name = domain.Root.Element("name")?.Value,
            Architecture = domain.Architecture,
            NumaNodes = nodes,
            MaxMemory = maxMemory,
            MemoryDevices = domain.SlotDevices.Count(),
            MemorySlots = DomainMaxMemory.Slots(domain).Value ?? DomainMemory.Slots,
            Id = domain.Root.Element("uuid")?.Value.Trim() is { Length: > 0 } id ? id : null,
            Machine = domain.Machine,
            HidesHypervisor = domain.HidesHypervisor,
            HasAmdCpu = domain.HasAmdCpu,
            Memory = domain.InitialMemory().Value ?? ByteSize.Zero,
        };
        return new DomainGuestResult(findings.Count == 0 ? guest : null, findings);
    }
}

/// <summary>A domain's guest, or the reasons why it cannot be read.</summary>
/// <param name="Guest">The guest; null if a value that it needs cannot be read.</param>
/// <param name="Findings">Every reason; empty if there is a guest.</param>
public sealed record DomainGuestResult(DomainGuest? Guest, ValueList<Finding> Findings)
{
    /// <summary>Whether the domain cannot be read. Then <see cref="Guest"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Guest))]
    public bool IsRefused => Guest is null;
}
