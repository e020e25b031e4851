using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>The DIMMs of a listing that have something to say. Each belongs to a bus: two buses can have DIMMs of one name.</summary>
internal sealed class ListedDimms
{
    private readonly HashSet<(ListedObject? Bus, string Dimm)> unarmed = [];
    private readonly Dictionary<(ListedObject? Bus, string Dimm), ValueList<Finding>> findings = [];
    private readonly HashSet<(ListedObject? Bus, string Dimm)> claimed = [];

    /// <summary>Notes the DIMMs among the entries and in them.</summary>
    public void Find(ListedEntries entries, ListedObject? bus)
    {
        foreach (var listed in entries.Select(entry => entry.Object).OfType<ListedObject>())
        {
            if (listed.Dev is { } dimm)
            {
                Add((bus, dimm), listed);
            }

            Find(listed.Children ?? [], listed.ResolvedKind == ObjectKind.Bus ? listed : bus);
        }
    }

    /// <summary>The first DIMM of the region that is not armed for writing; null where all are.</summary>
    public string? Unarmed(ListedObject? bus, ListedObject? region) => region?.MappedDimms?.Find(dimm => unarmed.Contains((bus, dimm)));

    /// <summary>What the DIMMs of the region say, which counts as said from then on.</summary>
    public IEnumerable<Finding> Claim(ListedObject? bus, ListedObject? region)
    {
        var found = (region?.MappedDimms ?? []).Select(dimm => (bus, dimm)).Where(findings.ContainsKey).Distinct().ToList();
        claimed.UnionWith(found);
        return found.SelectMany(dimm => findings[dimm]);
    }

    /// <summary>What those DIMMs say that no region with a namespace has claimed.</summary>
    public IEnumerable<Finding> OfNoDevice() => findings.Where(pair => !claimed.Contains(pair.Key)).SelectMany(pair => pair.Value);

    private void Add((ListedObject? Bus, string Dimm) key, ListedObject listed)
    {
        if (listed.Dimm.FailedArm)
        {
            unarmed.Add(key);
        }

        if (listed.Dimm != default && DimmFindings.Of(listed).ToValueList() is { Count: > 0 } said)
        {
            findings[key] = said;
        }
    }
}
