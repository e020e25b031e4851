using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Goes through buses and regions to the namespaces, and gives each what its DIMMs and its region say.</summary>
/// <param name="expected">About how many devices there are.</param>
internal sealed class ListingWalk(int expected)
{
    // An interleave set has at most 16 DIMMs; with more, the worst findings of a hostile listing stay.
    private const int MaximumDimmFindings = 64;

    private readonly ListedDimms dimms = new();
    private readonly ListingContents contents = new();
    private (ListedObject? Bus, ListedObject? Region) place;
    private string? readOnlyDimm;
    private ValueList<Finding> dimmFindings = [];

    /// <summary>What is odd about what is no namespace, or has no name.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The devices, each with its bus and region.</summary>
    public List<NvdimmDevice> Devices { get; } = new(expected);

    /// <summary>Whether the listing has what another program than ndctl prints.</summary>
    public bool IsOfOtherProgram => contents.OtherProgram is not null;

    /// <summary>Goes through a whole listing.</summary>
    /// <param name="entries">What stands at its top.</param>
    /// <param name="isWhole">Whether it was read to its end; otherwise nothing is said about what it does not have.</param>
    public void Visit(ListedEntries entries, bool isWhole)
    {
        // A DIMM may stand behind the regions that are made of it.
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

        // The size of a region is used nowhere, so that a rounded one does no harm.
        Findings.AddRange((listed.Findings ?? []).Where(finding => kind != ObjectKind.Region || finding.Code != NvdimmCodes.NdctlHumanSize));
        Visit(listed.Children ?? [], kind == ObjectKind.Bus ? listed : bus, kind == ObjectKind.Region ? listed : region);
    }

    private void Add(NvdimmDevice device, ListedObject? bus, ListedObject? region)
    {
        contents.CountNamespace(bus);
        Devices.Add(bus is null && region is null ? device : Place(device, bus, region));
    }

    private NvdimmDevice Place(NvdimmDevice device, ListedObject? bus, ListedObject? region)
    {
        // Once for each region: many namespaces in a region of many DIMMs would take minutes.
        if (place != (bus, region))
        {
            place = (bus, region);
            readOnlyDimm = dimms.Unarmed(bus, region);
            dimmFindings = dimms.Claim(bus, region).OrderByDescending(finding => finding.Severity).Take(MaximumDimmFindings).ToValueList();
        }

        var placed = device with { Bus = bus?.Dev, Region = region?.Dev, BusProvider = bus?.Provider, PersistenceDomain = region?.PersistenceDomain };
        if (readOnlyDimm is not null)
        {
            placed = placed.With(Finding.Error(NvdimmCodes.ReadOnly, ("device", device.Name), ("reason", $"its DIMM {readOnlyDimm} is not armed for writing")));
        }

        if (dimmFindings.Count > 0)
        {
            placed = placed with { Findings = [.. placed.Findings, .. dimmFindings] };
        }

        return region?.PersistenceDomain is null or "memory_controller" or "cpu_cache" || placed.FindingOf(NvdimmCodes.SeedNamespace) is not null
            ? placed
            : placed.With(Finding.Warning(NvdimmCodes.PersistenceUnknown, ("region", region.Dev ?? "its region"), ("domain", region.PersistenceDomain)));
    }
}
