using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Checks whether NVDIMMs can be added to a domain: libvirt must neither refuse the domain nor start it without them.</summary>
internal static class DomainAdditionChecks
{
    /// <summary>The largest number of cells that a finding names.</summary>
    private const int ShownCells = 16;

    public static IEnumerable<Finding> Check(Domain domain, IReadOnlyList<NvdimmElement> elements) =>
    [
        .. Paths(domain, elements),
        .. Aliases(domain, elements),
        .. Nodes(domain, elements),
        .. Architectures(domain, elements),
        .. Acpi(domain, elements),
    ];

    /// <summary>Refuses a device file that the domain already uses, as another NVDIMM or as anything else.</summary>
    private static IEnumerable<Finding> Paths(Domain domain, IEnumerable<NvdimmElement> elements)
    {
        var taken = DomainDeviceUses.In(domain).Select(use => use.NormalPath).ToHashSet(StringComparer.Ordinal);
        return elements
            .Where(element => !taken.Add(DomainDeviceUse.Normalize(element.Path)))
            .Select(element => Finding.Error(NvdimmCodes.AlreadyAttached, ("device", element.Path), ("vm", domain.Name)));
    }

    private static IEnumerable<Finding> Aliases(Domain domain, IEnumerable<NvdimmElement> elements)
    {
        var taken = domain.Devices.Elements().Elements("alias")
            .Select(alias => (string?)alias.Attribute("name"))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        return elements
            .Where(element => element.Alias is { } alias && !taken.Add(alias))
            .Select(element => Finding.Error(NvdimmCodes.XmlAliasTaken, ("alias", element.Alias!), ("path", element.Path)));
    }

    /// <summary>Refuses an NVDIMM without a NUMA cell, or on one that the domain does not have.</summary>
    public static IEnumerable<Finding> Nodes(Domain domain, IEnumerable<NvdimmElement> elements)
    {
        var cells = domain.CellIds().Select(id => id.Trim()).ToHashSet(StringComparer.Ordinal);
        var all = elements.ToArray();
        return cells.Count == 0 && all.Length > 0
            ? [Finding.Error(EngineCodes.NumaUnavailable)]
            : all.Where(element => !cells.Contains(NodeText(element))).Select(element => NoGuestNode(domain, element));
    }

    /// <summary>Creates the finding that an NVDIMM is on a NUMA cell that the domain does not have.</summary>
    public static Finding NoGuestNode(Domain domain, NvdimmElement element)
    {
        var cells = string.Join(", ", domain.CellIds().Select(id => id.Trim()).Take(ShownCells));
        return Finding.Error(
            NvdimmCodes.XmlNoGuestNode,
            ("path", element.Path),
            ("node", NodeText(element)),
            ("cells", cells.Length == 0 ? "none" : cells));
    }

    private static string NodeText(NvdimmElement element) => element.GuestNode?.ToString(CultureInfo.InvariantCulture) ?? "none";

    /// <summary>
    /// Refuses an NVDIMM that was sized for another architecture. The two POWER architectures have the same sizes, so either may stand for
    /// the other.
    /// </summary>
    private static IEnumerable<Finding> Architectures(Domain domain, IEnumerable<NvdimmElement> elements) =>
        domain.Architecture is { } own
            ? elements
                .Where(element => element.Architecture is { } other && other != own && (other.Family is null || other.Family != own.Family))
                .Select(element => Finding.Error(
                    NvdimmCodes.XmlOtherArchitecture,
                    ("path", element.Path),
                    ("architecture", element.Architecture!.Value.Name),
                    ("domainArchitecture", own.Name)))
            : [];

    public static IEnumerable<Finding> Acpi(Domain domain, IEnumerable<NvdimmElement> elements) =>
        domain.FamilyBeside(elements).Acpi == AcpiNeed.None || domain.Root.Elements("features").Elements("acpi").Any()
            ? []
            : [Finding.Warning(NvdimmCodes.XmlNoAcpi)];
}
