using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

public static partial class DomainXmlEditor
{
    /// <summary>
    /// Changes NVDIMMs that the domain already has, found by their paths. Target size, alignment, label, node, UUID and access are changed
    /// if the given element has them and they differ; <c>&lt;pmem/&gt;</c> and <c>&lt;readonly/&gt;</c> are added if they are missing. A
    /// label or an alignment that the given element does not have is removed. Everything else stays, including aliases and addresses.
    /// </summary>
    /// <remarks>
    /// An NVDIMM whose values are right stays unchanged to the character, and so does the whole text if all are right:
    /// <c>Update(x, Read(x))</c> is <c>x</c>. <c>&lt;maxMemory&gt;</c> grows by as much as the NVDIMMs grow, so that memory hot plug keeps
    /// its room, and where libvirt's rounding would otherwise prevent the start; see
    /// <see cref="Add(string, IReadOnlyList{NvdimmElement})"/>. It never shrinks. A maximum that is missing or that libvirt refuses stays
    /// as it is; <see cref="DomainRefusals"/> reports it. The number of slots stays, too.
    /// </remarks>
    /// <param name="domainXml">The domain, as it is sent to libvirt.</param>
    /// <param name="elements">The wanted NVDIMMs, each for the one with its path. With none the text is returned unchanged.</param>
    /// <returns>
    /// The text, possibly with the warning <see cref="NvdimmCodes.XmlNoAcpi"/>; or every reason for a refusal:
    /// <see cref="NvdimmCodes.XmlMalformed"/>, <see cref="NvdimmCodes.XmlDtd"/>, <see cref="NvdimmCodes.XmlTooLarge"/>,
    /// <see cref="NvdimmCodes.XmlNotDomain"/>, <see cref="NvdimmCodes.XmlBadValue"/>, <see cref="NvdimmCodes.XmlNotAttached"/>,
    /// <see cref="NvdimmCodes.AlreadyAttached"/> (two NVDIMMs have the same path), <see cref="NvdimmCodes.XmlNoGuestNode"/> (only for a
    /// node that differs from the domain's).
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument or an item is null.</exception>
    public static DomainXmlResult Update(string domainXml, params IReadOnlyList<NvdimmElement> elements)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        NullArgument.ThrowIfAny(elements);
        var parsed = Domain.Parse(domainXml);
        return parsed.IsRefused ? new DomainXmlResult(null, parsed.Findings) : Update(parsed.Domain, elements);
    }

    /// <summary>Changes NVDIMMs that a parsed domain already has. The other overload has the details.</summary>
    /// <param name="domain">The domain, as it is sent to libvirt.</param>
    /// <param name="elements">The wanted NVDIMMs, each for the one with its path. With none the text is returned unchanged.</param>
    /// <returns>The text, possibly with a warning; or every reason for a refusal.</returns>
    /// <exception cref="ArgumentNullException">An argument or an item is null.</exception>
    public static DomainXmlResult Update(Domain domain, params IReadOnlyList<NvdimmElement> elements)
    {
        ArgumentNullException.ThrowIfNull(domain);
        NullArgument.ThrowIfAny(elements);
        if (elements.Count == 0)
        {
            return new DomainXmlResult(domain.Xml, []);
        }

        List<Finding> findings = [.. DomainAdditionChecks.Acpi(domain, elements)];
        var byPath = domain.Nvdimms.ToLookup(Domain.PathOf, StringComparer.Ordinal);
        var updates = new List<(XElement Old, NvdimmElement New)>();
        foreach (var wanted in elements.GroupBy(element => element.Path, StringComparer.Ordinal))
        {
            var present = byPath[wanted.Key].ToArray();
            if (present.Length == 0)
            {
                findings.Add(Finding.Error(NvdimmCodes.XmlNotAttached, ("path", wanted.Key)));
            }
            else if (present.Length > 1 || wanted.Count() > 1)
            {
                findings.Add(Finding.Error(NvdimmCodes.AlreadyAttached, ("device", wanted.Key), ("vm", domain.Name)));
            }
            else
            {
                updates.Add((present[0], wanted.First()));
            }
        }

        var moved = updates.Where(update =>
            update.New.GuestNode is { } node && NvdimmElementReader.NodeOf(update.Old.Element("target")?.Element("node")) != node);
        findings.AddRange(DomainAdditionChecks.Nodes(domain, moved.Select(update => update.New)));
        var (maxMemory, ofMaxMemory) = DomainMaxMemory.Fit(domain, updates);
        findings.AddRange(ofMaxMemory);
        var changes = updates.Select(update => NvdimmElementUpdate.Of(update.Old, domain, update.New)).OfType<TextEdit>();
        return Result(domain, findings.ToValueList(), () => [.. changes, .. maxMemory]);
    }
}
