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
        var cells = domain.CellNumbers().ToHashSet();
        var all = elements.ToArray();
        return cells.Count == 0 && all.Length > 0
            ? [Finding.Error(EngineCodes.NumaUnavailable)]
            : all
                .Where(element => element.GuestNode is null || !cells.Contains(element.GuestNode))
                .Select(element => NoGuestNode(domain, element.Path, element.GuestNode));
    }

    /// <summary>Creates the finding that a memory device is on a NUMA cell that the domain does not have, or on none.</summary>
    public static Finding NoGuestNode(Domain domain, string name, int? node)
    {
        var cells = string.Join(", ", domain.CellNumbers().OfType<int>().Take(ShownCells));
        return Finding.Error(
            NvdimmCodes.XmlNoGuestNode,
            ("path", name),
            ("node", node?.ToString(CultureInfo.InvariantCulture) ?? "none"),
            ("cells", cells.Length == 0 ? "none" : cells));
    }

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
