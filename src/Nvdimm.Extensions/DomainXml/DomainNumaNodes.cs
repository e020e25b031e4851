using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads a domain's NUMA cells and the host nodes to which their memory is pinned.</summary>
internal static class DomainNumaNodes
{
    /// <summary>
    /// Reads the cells, in order. A cell without a number is left out. A node set that cannot be read counts as empty. Each is a finding.
    /// </summary>
    public static Reading<ValueList<GuestNumaNode>> Read(Domain domain)
    {
        var findings = new List<Finding>();
        var tuning = domain.Root.Elements("numatune").ToArray();
        var ofAll = HostNodes(tuning.Elements("memory").FirstOrDefault());
        findings.AddRange(ofAll.Findings);
        var ofCells = new Dictionary<int, XElement>();
        foreach (var memnode in tuning.Elements("memnode"))
        {
            if (LibvirtNumber.Index((string?)memnode.Attribute("cellid")) is { } cellId)
            {
                ofCells.TryAdd(cellId, memnode);
            }
        }

        // Each memnode is parsed once, even if it applies to many cells: a short text can name so many nodes that parsing it again takes
        // hours.
        var read = new Dictionary<int, ValueList<int>>();
        var nodes = new List<GuestNumaNode>();
        foreach (var (cell, number) in domain.Cells.Zip(domain.CellNumbers()))
        {
            if (number is not { } index)
            {
                findings.Add(Domain.BadValue(cell, "cell", (string?)cell.Attribute("id"), "a node number"));
                continue;
            }

            if (!read.TryGetValue(index, out var hostNodes))
            {
                hostNodes = ofAll.Value;
                if (ofCells.TryGetValue(index, out var own))
                {
                    (hostNodes, var unread) = HostNodes(own);
                    findings.AddRange(unread);
                }

                read.Add(index, hostNodes);
            }

            nodes.Add(new GuestNumaNode(index, hostNodes));
        }

        return new(nodes.ToValueList(), findings.ToValueList());
    }

    private static Reading<ValueList<int>> HostNodes(XElement? element)
    {
        if ((string?)element?.Attribute("nodeset") is not { } text)
        {
            return ValueList<int>.Empty;
        }

        if (NodeSet.TryParse(text, out var nodes))
        {
            return nodes;
        }

        return new([], [Domain.BadValue(element, element.Name.LocalName, text, "a set of node numbers such as 0-3,^2")]);
    }
}
