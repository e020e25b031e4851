using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>Goes through buses and regions to the namespaces, and knows which DIMMs are read-only.</summary>
/// <param name="expected">About how many devices there are.</param>
internal sealed class ListingWalk(int expected)
{
    private readonly HashSet<(ListedObject? Bus, string Dimm)> unarmed = [];
    private (ListedObject? Bus, ListedObject? Region) place;
    private string? readOnlyDimm;

    /// <summary>What is odd about what is no namespace, or has no name.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The devices, each with its bus and region.</summary>
    public List<NvdimmDevice> Devices { get; } = new(expected);

    /// <summary>Notes the DIMMs that are not armed for writing. They may stand behind the regions that are made of them.</summary>
    public void FindUnarmed(ListedEntries entries, ListedObject? bus)
    {
        foreach (var entry in entries)
        {
            if (entry.Object is not { } listed)
            {
                continue;
            }

            if (listed is { FailedArm: true, Dev: { } dimm })
            {
                unarmed.Add((bus, dimm));
            }

            FindUnarmed(listed.Children ?? [], listed.ResolvedKind == ObjectKind.Bus ? listed : bus);
        }
    }

    public void Visit(ListedEntries entries, ListedObject? bus, ListedObject? region)
    {
        foreach (var entry in entries)
        {
            if (entry.Device is { } device)
            {
                Devices.Add(Place(device, bus, region));
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
        if (kind == ObjectKind.Namespace && listed.Dev is not null)
        {
            Devices.Add(Place(NamespaceMapper.Finish(listed).Device!, bus, region));
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

        Findings.AddRange(listed.Findings ?? []);
        Visit(listed.Children ?? [], kind == ObjectKind.Bus ? listed : bus, kind == ObjectKind.Region ? listed : region);
    }

    private NvdimmDevice Place(NvdimmDevice device, ListedObject? bus, ListedObject? region)
    {
        if (bus is null && region is null)
        {
            return device;
        }

        // Once for each region: many namespaces in a region of many DIMMs would take minutes.
        if (place != (bus, region))
        {
            place = (bus, region);
            readOnlyDimm = region?.MappedDimms?.Find(dimm => unarmed.Contains((bus, dimm)));
        }

        var placed = device with { Bus = bus?.Dev, Region = region?.Dev };
        return readOnlyDimm is not null
            ? placed.With(Finding.Error(NvdimmCodes.ReadOnly, ("device", device.Name), ("reason", $"its DIMM {readOnlyDimm} is not armed for writing")))
            : placed;
    }
}
