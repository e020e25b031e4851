using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

public static partial class DomainXmlEditor
{
    /// <summary>
    /// Gives NVDIMMs that the domain has, recognised by their paths, other figures: target size, alignment, label, node, uuid and access
    /// where the wanted ones have them and they differ, <c>&lt;pmem/&gt;</c> and <c>&lt;readonly/&gt;</c> where they are missing. What a
    /// wanted one does not have stays as it is: nothing is removed. So do aliases, addresses and all else.
    /// </summary>
    /// <remarks>
    /// An NVDIMM with the right figures stays to the character, and so does the whole text where all have them: <c>Update(x, Read(x))</c>
    /// is <c>x</c>. <c>&lt;maxMemory&gt;</c> grows by what NVDIMMs grow, so that memory that is plugged later keeps its room, and where
    /// libvirt's rounding would keep the domain from starting; see <see cref="Add"/>. It never shrinks. A maximum that is missing, or that
    /// libvirt itself refuses, stays: <see cref="DomainRefusals"/> says so. The number of slots stays too.
    /// </remarks>
    /// <param name="domainXml">The domain, as it is sent to libvirt.</param>
    /// <param name="elements">What the NVDIMMs with these paths shall be. With none the text comes back as it is.</param>
    /// <returns>
    /// The text, perhaps with the warning <see cref="NvdimmCodes.XmlNoAcpi"/>; or every reason why there is none: <see cref="NvdimmCodes.XmlMalformed"/>, <see cref="NvdimmCodes.XmlDtd"/>,
    /// <see cref="NvdimmCodes.XmlTooLarge"/>, <see cref="NvdimmCodes.XmlNotDomain"/>, <see cref="NvdimmCodes.XmlBadValue"/>,
    /// <see cref="NvdimmCodes.XmlNotAttached"/>, <see cref="NvdimmCodes.AlreadyAttached"/> (two NVDIMMs have one path),
    /// <see cref="NvdimmCodes.XmlNoGuestNode"/> (only for a node that differs from the domain's).
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static DomainXmlResult Update(string domainXml, params IReadOnlyList<NvdimmElement> elements)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        ArgumentNullException.ThrowIfNull(elements);
        if (!DomainDocument.TryRead(domainXml, out var domain, out var refusal))
        {
            return new DomainXmlResult(null, [refusal]);
        }

        if (elements.Count == 0)
        {
            return new DomainXmlResult(domainXml, []);
        }

        List<Finding> findings = [.. DomainAdditionChecks.Acpi(domain, elements)];
        var there = domain.Nvdimms.ToLookup(DomainDocument.PathOf, StringComparer.Ordinal);
        var updates = new List<(XElement Old, NvdimmElement New)>();
        foreach (var wanted in elements.GroupBy(element => element.Path, StringComparer.Ordinal))
        {
            var found = there[wanted.Key].ToArray();
            if (found.Length == 0)
            {
                findings.Add(Finding.Error(NvdimmCodes.XmlNotAttached, ("path", wanted.Key)));
            }
            else if (found.Length > 1 || wanted.Count() > 1)
            {
                findings.Add(Finding.Error(NvdimmCodes.AlreadyAttached, ("device", wanted.Key), ("vm", domain.Name)));
            }
            else
            {
                updates.Add((found[0], wanted.First()));
            }
        }

        var moved = updates.Where(update =>
            update.New.GuestNode is { } node && NvdimmElementReader.NodeOf(update.Old.Element("target")?.Element("node")) != node);
        findings.AddRange(DomainAdditionChecks.Nodes(domain, moved.Select(update => update.New)));
        var maxMemory = DomainMaxMemory.Fit(domain, updates, findings);
        var changes = updates.Select(update => NvdimmElementUpdate.Of(update.Old, domain, update.New)).OfType<TextEdit>();
        return Result(domain, findings, () => [.. changes, .. maxMemory]);
    }
}
