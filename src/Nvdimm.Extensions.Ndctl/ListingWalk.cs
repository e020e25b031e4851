using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// Walks through buses and regions to the namespaces, and adds to each the findings of its DIMMs and its region. Not safe for use by
/// several threads.
/// </summary>
/// <param name="expected">The approximate number of devices.</param>
internal sealed class ListingWalk(int expected)
{
    // An interleave set has at most 16 DIMMs. If a hostile listing has more, the most severe findings are kept.
    private const int MaximumDimmFindings = 64;

    private readonly ListedDimms dimms = new();
    private readonly ListingContents contents = new();
    private (ListedObject? Bus, ListedObject? Region) place;
    private string? readOnlyDimm;
    private ValueList<Finding> dimmFindings = [];

    /// <summary>The problems of objects that are not namespaces, or have no name.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The devices, each with its bus and region.</summary>
    public List<NvdimmDevice> Devices { get; } = new(expected);

    /// <summary>Whether a program other than ndctl printed a part of the listing.</summary>
    public bool IsOfOtherProgram => contents.OtherProgram is not null;

    /// <summary>Walks through a whole listing.</summary>
    /// <param name="entries">The entries at its top.</param>
    /// <param name="isWhole">Whether it was read to its end. If not, nothing is reported about what is missing.</param>
    public void Visit(ListedEntries entries, bool isWhole)
    {
        // A DIMM may follow the regions that it belongs to.
        dimms.Find(entries, bus: null);
        Visit(entries, bus: null, region: null);
        Findings.AddRange(dimms.OfNoDevice());
        Findings.AddRange(contents.Findings(isWhole));
    }

    private void Visit(ListedEntries entries, ListedObject? bus, ListedObject? region)
    {
        foreach (var entry in entries)
        {
            if (entry.Device is { } device)
            {
                Add(device, bus, region);
            }
            else if (entry.Object is { } listed)
            {
                Visit(listed, bus, region);
            }
        }
    }

    private void Visit(ListedObject listed, ListedObject? bus, ListedObject? region)
    {
        var kind = listed.ResolvedKind;
        contents.Count(listed, kind);
        if (kind is ObjectKind.Daxctl or ObjectKind.Cxl)
        {
            return;
        }

        if (kind == ObjectKind.Namespace && listed.Dev is not null)
        {
            Add(NamespaceMapper.Finish(listed).Device!, bus, region);
            return;
        }

        if (listed.Children is not null)
        {
            listed.AddMisplacedKeys();
        }
        else if (kind == ObjectKind.Namespace)
        {
            Findings.Add(Finding.Error(NvdimmCodes.NdctlMissingKey, ("key", "dev"), ("device", listed.Title)));
        }

        // The size of a region is not used, so a rounded one does no harm.
        Findings.AddRange((listed.Findings ?? [])
            .Where(finding => kind != ObjectKind.Region || finding.Code != NvdimmCodes.NdctlHumanSize));
        Visit(listed.Children ?? [], kind == ObjectKind.Bus ? listed : bus, kind == ObjectKind.Region ? listed : region);
    }

    private void Add(NvdimmDevice device, ListedObject? bus, ListedObject? region)
    {
        contents.CountNamespace(bus);
        Devices.Add(bus is null && region is null ? device : Place(device, bus, region));
    }

    private NvdimmDevice Place(NvdimmDevice device, ListedObject? bus, ListedObject? region)
    {
        // Once for each region: with many namespaces in a region of many DIMMs, once for each namespace would take minutes.
        if (place != (bus, region))
        {
            place = (bus, region);
            readOnlyDimm = dimms.Unarmed(bus, region);
            dimmFindings = dimms.Claim(bus, region).OrderByDescending(finding => finding.Severity).Take(MaximumDimmFindings).ToValueList();
        }

        var placed = device with
        {
            Bus = bus?.Dev,
            Region = region?.Dev,
            BusProvider = bus?.Provider,
            PersistenceDomain = region?.PersistenceDomain,
        };
        if (readOnlyDimm is not null)
        {
            placed = placed.With(Finding.Error(
                NvdimmCodes.ReadOnly, ("device", device.Name), ("reason", $"its DIMM {readOnlyDimm} is not armed for writing")));
        }

        if (dimmFindings.Count > 0)
        {
            placed = placed with { Findings = [.. placed.Findings, .. dimmFindings] };
        }

        return region?.PersistenceDomain is null or "memory_controller" or "cpu_cache"
            || placed.FindingOf(NvdimmCodes.SeedNamespace) is not null
            ? placed
            : placed.With(Finding.Warning(
                NvdimmCodes.PersistenceUnknown, ("region", region.Dev ?? "its region"), ("domain", region.PersistenceDomain)));
    }
}
