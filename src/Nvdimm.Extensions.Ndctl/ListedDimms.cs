using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// The DIMMs of a listing that have findings. Each belongs to a bus, since two buses can have DIMMs of the same name. Not safe for use by
/// several threads.
/// </summary>
internal sealed class ListedDimms
{
    private readonly HashSet<(ListedObject? Bus, string Dimm)> unarmed = [];
    private readonly Dictionary<(ListedObject? Bus, string Dimm), ValueList<Finding>> findings = [];
    private readonly HashSet<(ListedObject? Bus, string Dimm)> claimed = [];

    /// <summary>Collects the DIMMs among the entries and in them.</summary>
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

    /// <summary>The first DIMM of the region that is not armed for writing; null if all are.</summary>
    public string? Unarmed(ListedObject? bus, ListedObject? region) => region?.MappedDimms?.Find(dimm => unarmed.Contains((bus, dimm)));

    /// <summary>Returns the findings of the region's DIMMs, and marks them as reported.</summary>
    public IEnumerable<Finding> Claim(ListedObject? bus, ListedObject? region)
    {
        var reported = (region?.MappedDimms ?? []).Select(dimm => (bus, dimm)).Where(findings.ContainsKey).Distinct().ToList();
        claimed.UnionWith(reported);
        return reported.SelectMany(dimm => findings[dimm]);
    }

    /// <summary>The findings of DIMMs that are not reported at any device.</summary>
    public IEnumerable<Finding> OfNoDevice() => findings.Where(pair => !claimed.Contains(pair.Key)).SelectMany(pair => pair.Value);

    private void Add((ListedObject? Bus, string Dimm) key, ListedObject listed)
    {
        if (listed.Dimm.FailedArm)
        {
            unarmed.Add(key);
        }

        if (listed.Dimm != default && DimmFindings.Of(listed).ToValueList() is { Count: > 0 } dimmFindings)
        {
            findings[key] = dimmFindings;
        }
    }
}
