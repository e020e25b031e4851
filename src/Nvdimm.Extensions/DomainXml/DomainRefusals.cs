using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// Predicts whether libvirt or QEMU refuses a domain with NVDIMMs, before a device is claimed or a layout recorded for it: for its
/// NVDIMMs, the memory devices beside them, its memory or its NUMA cells. Only the text is checked; whether the devices exist and are
/// large enough must be checked on the host, and <see cref="NvdimmSizer.Keep"/> says whether a size leaves the guest anything.
/// </summary>
public static class DomainRefusals
{
    /// <summary>
    /// Returns the refusals of a domain; none if it has no NVDIMM. Each was seen with libvirt 9.0.0 and QEMU 7.2.
    /// DomainRefusalsWithLibvirtTests compares the predictions with libvirt on random domains with NVDIMMs, DIMMs and virtio-mem. Not
    /// checked are the block of a virtio-mem, and the page size and the nodes of a memory source. A refusal that depends on the version of
    /// libvirt is an error only if the version is known.
    /// </summary>
    /// <param name="domainXml">The domain, as it is sent to libvirt. Document types and entities are refused.</param>
    /// <param name="libvirt">The rules of the host's libvirt version; null if the version is not known.</param>
    /// <returns>
    /// Errors for refusals, warnings for refusals by some versions: <see cref="NvdimmCodes.XmlBadValue"/>,
    /// <see cref="NvdimmCodes.XmlDiscard"/>, <see cref="NvdimmCodes.XmlUuid"/>, <see cref="NvdimmCodes.XmlAlignSize"/>,
    /// <see cref="NvdimmCodes.XmlLabelSize"/>, <see cref="NvdimmCodes.XmlLabelMissing"/>, <see cref="NvdimmCodes.XmlNodeMissing"/>,
    /// <see cref="NvdimmCodes.XmlNoGuestNode"/>, <see cref="NvdimmCodes.XmlNoNuma"/>, <see cref="NvdimmCodes.XmlNoAcpi"/>,
    /// <see cref="NvdimmCodes.XmlAddressBits"/>, <see cref="NvdimmCodes.XmlAddressType"/>, <see cref="NvdimmCodes.XmlAddressMisaligned"/>,
    /// <see cref="NvdimmCodes.XmlAddressOverlap"/>, <see cref="NvdimmCodes.XmlSlotTaken"/>, <see cref="NvdimmCodes.XmlSlotTooHigh"/>,
    /// <see cref="NvdimmCodes.NoMemorySlot"/>, <see cref="NvdimmCodes.XmlNoSlots"/>, <see cref="NvdimmCodes.XmlNoMaxMemory"/>,
    /// <see cref="NvdimmCodes.XmlMaxMemory"/>, <see cref="NvdimmCodes.XmlMemoryTooSmall"/>; or the one reason why the text cannot be read.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="domainXml"/> is null.</exception>
    [SuppressMessage(
        "ApiDesign", "RS0027:API with optional parameters should have the most parameters",
        Justification = "The overloads differ in their first parameter, so that no call is ambiguous.")]
    public static ValueList<Finding> Check(string domainXml, LibvirtProfile? libvirt = null)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        var parsed = Domain.Parse(domainXml);
        return parsed.IsRefused ? parsed.Findings : Check(parsed.Domain, libvirt);
    }

    /// <summary>Returns the refusals of a parsed domain; none if it has no NVDIMM.</summary>
    /// <param name="domain">The domain, as it is sent to libvirt.</param>
    /// <param name="libvirt">The rules of the host's libvirt version; null if the version is not known.</param>
    /// <returns>Errors for refusals, warnings for refusals by some versions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="domain"/> is null.</exception>
    public static ValueList<Finding> Check(Domain domain, LibvirtProfile? libvirt)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var findings = new List<Finding>();
        foreach (var memory in domain.Nvdimms)
        {
            var (read, unread) = NvdimmElementReader.Read(memory, domain);
            findings.AddRange(unread);
            if (read is { } element)
            {
                findings.AddRange(Own(memory, element, libvirt));
            }
        }

        if (domain.Nvdimms.Any())
        {
            findings.AddRange(Cells(domain));
            findings.AddRange(Nodes(domain, libvirt));
            findings.AddRange(domain.MemoryDevices.Except(domain.Nvdimms).SelectMany(Attributes));
            findings.AddRange(DomainAddressChecks.Check(domain, libvirt));
            findings.AddRange(DomainMemoryChecks.Check(domain, libvirt));
            findings.AddRange(Acpi(domain));
            findings.AddRange(DomainAddressBits.Check(domain));
        }

        return findings.Distinct().ToValueList();
    }

    private static IEnumerable<Finding> Own(XElement memory, NvdimmElement element, LibvirtProfile? libvirt)
    {
        var path = ("path", element.Path);
        if (element.Discard == true)
        {
            // libvirt 9.0.0: "discard is not supported for nvdimms"; it accepts discard='no'.
            yield return Finding.Error(NvdimmCodes.XmlDiscard, path);
        }

        if (element.Uuid == Guid.Empty)
        {
            // QEMU 7.2: "NVDIMM device requires the uuid to be set".
            yield return Domain.BadValue(memory, "uuid", $"{Guid.Empty}", "a uuid that is not all zero");
        }

        if (element.Uuid is not null && !GuestFamily.ForLibvirt(element.Architecture).HasUuid)
        {
            // libvirt 9.0.0, x86_64, i686 and aarch64: "UUID is not supported for NVDIMM device".
            yield return Of(element.Architecture is null ? Severity.Warning : Severity.Error, NvdimmCodes.XmlUuid, path);
        }

        if (element.AlignSize is { } align && (align < GuestFamily.SmallestPage.Size || !long.IsPow2(align.Bytes)))
        {
            // QEMU 7.2: "alignment 0x800 must be multiples of page size 0x1000", "alignment 0x60000000 must be a power of two".
            yield return Finding.Error(NvdimmCodes.XmlAlignSize, path, ("align", $"{align.Bytes}"));
        }

        var minimumLabel = (libvirt ?? HypervisorProfile.Newest.Libvirt).MinimumLabelSize;
        if (element.LabelSize is { } label && (label < minimumLabel || label >= element.TargetSize))
        {
            // libvirt 9.0.0: "nvdimm label must be at least 128KiB", "label size must be smaller than NVDIMM size".
            yield return Finding.Error(
                NvdimmCodes.XmlLabelSize, path, ("label", $"{label.Bytes}"), ("size", $"{element.TargetSize.Bytes}"));
        }

        if (element.LabelSize is null && GuestFamily.ForLibvirt(element.Architecture).NeedsLabel)
        {
            // libvirt 9.0.0, ppc64: "label size is required for NVDIMM device".
            yield return Finding.Error(NvdimmCodes.XmlLabelMissing, path);
        }
    }

    /// <summary>
    /// libvirt 9.0.0: "Duplicate NUMA cell info for cell id '1'", "Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous
    /// ranges or ranges not starting from 0 are not allowed".
    /// </summary>
    private static IEnumerable<Finding> Cells(Domain domain)
    {
        var count = domain.Cells.Count();
        var seen = new HashSet<int>();
        foreach (var (cell, number) in domain.Cells.Zip(domain.CellNumbers()))
        {
            if (number is not { } index || index >= count || !seen.Add(index))
            {
                yield return Domain.BadValue(
                    cell, "cell", (string?)cell.Attribute("id") ?? $"{number}", $"a number from 0 to {count - 1} that no other cell has");
            }
        }
    }

    /// <summary>
    /// The attributes of a memory device other than an NVDIMM, whose own are read with it. libvirt 9.0.0: "Missing required attribute
    /// 'model' in element 'memory'", "Invalid value for attribute 'access' in element 'memory': 'x'", the same for discard.
    /// </summary>
    private static IEnumerable<Finding> Attributes(XElement memory)
    {
        var model = (string?)memory.Attribute("model");
        ValueList<Finding> ofModel = string.IsNullOrEmpty(model)
            ? [Domain.BadValue(memory, "model", model, "a model such as nvdimm or dimm")]
            : [];
        return Reading.Join(
            ofModel, NvdimmElementReader.ReadAccess(memory).Findings, NvdimmElementReader.ReadDiscard(memory).Findings);
    }

    /// <summary>
    /// If the domain has cells, each NVDIMM, DIMM and virtio-mem must name one of them ("target NUMA node needs to be specified for memory
    /// device", "can't add memory backend for guest node '6' as the guest has only '2' NUMA nodes configured"). Without cells POWER accepts
    /// an NVDIMM without a node, and x86 refuses it ("At least one numa node has to be configured when enabling memory hotplug") unless
    /// libvirt creates a cell itself.
    /// </summary>
    private static IEnumerable<Finding> Nodes(Domain domain, LibvirtProfile? libvirt)
    {
        var cells = domain.CellNumbers().ToHashSet();
        var isWithout = cells.Count == 0;
        if (isWithout && domain.Family.NeedsCell)
        {
            cells.Add(0);
            if (libvirt.Refuses(row => !row.MakesOwnCell) is { } severity)
            {
                yield return Of(severity, NvdimmCodes.XmlNoNuma);
            }
        }

        foreach (var (name, memory) in domain.NamedMemoryDevices())
        {
            var model = (string?)memory.Attribute("model");
            var needsNode = DomainMemoryDevice.IsSlotModel(model) || model == "virtio-mem";
            var (node, unread) = NvdimmElementReader.ReadNode(memory.Element("target")?.Element("node"));
            foreach (var finding in unread)
            {
                yield return finding;
            }

            if (node is not null && !cells.Contains(node))
            {
                yield return DomainAdditionChecks.NoGuestNode(domain, name, node);
            }

            if (needsNode && node is null && unread.Count == 0 && !isWithout)
            {
                yield return Finding.Error(NvdimmCodes.XmlNodeMissing, ("path", name));
            }
        }
    }

    /// <summary>x86: QEMU 7.2, q35 and pc: "memory hotplug is not enabled: missing acpi device or acpi disabled".</summary>
    private static IEnumerable<Finding> Acpi(Domain domain) =>
        from finding in DomainAdditionChecks.Acpi(domain, [])
        let isRefused = domain.Architecture is not null && domain.Family.Acpi == AcpiNeed.Refused
        select isRefused ? finding with { Severity = Severity.Error } : finding;

    internal static Finding Of(Severity severity, string code, params ReadOnlySpan<FindingArgument> arguments) =>
        new(code, severity, [.. arguments]);
}

/// <summary>Decides whether a refusal by libvirt is an error or a warning.</summary>
internal static class LibvirtRefusal
{
    /// <summary>
    /// Returns an error if the libvirt version refuses, and null if it does not. If the version is not known: an error if the oldest and
    /// the newest refuse, a warning if only one of them does.
    /// </summary>
    public static Severity? Refuses(this LibvirtProfile? libvirt, Func<LibvirtProfile, bool> refuses) =>
        (refuses(libvirt ?? HypervisorProfile.Oldest.Libvirt), refuses(libvirt ?? HypervisorProfile.Newest.Libvirt)) switch
        {
            (true, true) => Severity.Error,
            (false, false) => null,
            _ => Severity.Warning,
        };
}
