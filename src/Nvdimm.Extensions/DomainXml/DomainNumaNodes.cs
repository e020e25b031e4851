using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads a domain's NUMA cells and the host nodes to which their memory is pinned.</summary>
internal static class DomainNumaNodes
{
    public static ValueList<GuestNumaNode> Read(DomainDocument domain, List<Finding> findings)
    {
        var tuning = domain.Root.Elements("numatune").ToArray();
        var ofAll = HostNodes(tuning.Elements("memory").FirstOrDefault(), findings);
        var ofCells = new Dictionary<int, XElement>();
        foreach (var memnode in tuning.Elements("memnode"))
        {
            if (TryNumber((string?)memnode.Attribute("cellid"), out var cellId))
            {
                ofCells.TryAdd(cellId, memnode);
            }
        }

        // Each memnode is parsed once, even if it applies to many cells: a short text can name so many nodes that parsing it again takes
        // hours.
        var read = new Dictionary<int, ValueList<int>>();
        var nodes = new List<GuestNumaNode>();
        foreach (var (cell, id) in domain.Cells.Zip(domain.CellIds()))
        {
            if (!TryNumber(id, out var index))
            {
                findings.Add(DomainDocument.BadValue(cell, "cell", id, "a node number"));
                continue;
            }

            if (!read.TryGetValue(index, out var hostNodes))
            {
                hostNodes = ofCells.TryGetValue(index, out var own) ? HostNodes(own, findings) : ofAll;
                read.Add(index, hostNodes);
            }

            nodes.Add(new GuestNumaNode(index, hostNodes));
        }

        return nodes.ToValueList();
    }

    private static ValueList<int> HostNodes(XElement? element, List<Finding> findings)
    {
        if ((string?)element?.Attribute("nodeset") is not { } text)
        {
            return [];
        }

        if (NodeSet.TryParse(text, out var nodes))
        {
            return nodes;
        }

        findings.Add(DomainDocument.BadValue(element, element.Name.LocalName, text, "a set of node numbers such as 0-3,^2"));
        return [];
    }

    private static bool TryNumber(string? text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
}
