using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

public static partial class DomainXmlEditor
{
    /// <summary>
    /// Gives NVDIMMs that the domain has, recognised by their paths, other figures: target size, alignment, label, node and uuid where
    /// they differ, <c>access='shared'</c> and <c>&lt;pmem/&gt;</c> where they are missing. Aliases and what else is in them stays.
    /// </summary>
    /// <remarks>
    /// <c>&lt;maxMemory&gt;</c> grows where the domain would otherwise not start with them; see <see cref="Add"/>. It never shrinks.
    /// An NVDIMM with the right figures stays to the character.
    /// </remarks>
    /// <param name="domainXml">The domain, as it is sent to libvirt.</param>
    /// <param name="elements">What the NVDIMMs with these paths shall be. With none the text comes back as it is.</param>
    /// <returns>
    /// The text, perhaps with the warning <see cref="NvdimmCodes.XmlNoAcpi"/>; or every reason why there is none: <see cref="NvdimmCodes.XmlMalformed"/>, <see cref="NvdimmCodes.XmlDtd"/>,
    /// <see cref="NvdimmCodes.XmlTooLarge"/>, <see cref="NvdimmCodes.XmlNotDomain"/>, <see cref="NvdimmCodes.XmlBadValue"/>,
    /// <see cref="NvdimmCodes.XmlNotAttached"/>, <see cref="NvdimmCodes.AlreadyAttached"/> (two NVDIMMs have one path),
    /// <see cref="NvdimmCodes.XmlNoGuestNode"/>, <see cref="EngineCodes.NumaUnavailable"/>, <see cref="NvdimmCodes.NoMemorySlot"/>.
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

        List<Finding> findings = [.. DomainAdditionChecks.Nodes(domain, elements), .. DomainAdditionChecks.Acpi(domain, elements)];
        var there = domain.Nvdimms.ToLookup(DomainDocument.PathOf, StringComparer.Ordinal);
        var updates = new List<(XElement Old, NvdimmElement New)>();
        foreach (var element in elements)
        {
            var found = there[element.Path].ToArray();
            if (found.Length == 1)
            {
                updates.Add((found[0], element));
            }
            else
            {
                findings.Add(found.Length == 0
                    ? Finding.Error(NvdimmCodes.XmlNotAttached, ("path", element.Path))
                    : Finding.Error(NvdimmCodes.AlreadyAttached, ("device", element.Path), ("vm", domain.Name)));
            }
        }

        var maxMemory = DomainMaxMemory.Fit(domain, updates, findings);
        return Result(domain, findings, () => [.. updates.Select(update => NvdimmElementUpdate.Of(update.Old, update.New)).OfType<TextEdit>(), .. maxMemory]);
    }
}
