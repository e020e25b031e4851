using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>Goes through buses and regions to the namespaces, and knows which DIMMs are read-only.</summary>
internal sealed class ListingWalk
{
    private readonly List<(ListedObject Namespace, string? Bus, ListedObject? Region)> namespaces = [];
    private readonly HashSet<(string? Bus, string Dimm)> unarmed = [];

    /// <summary>What is odd about what is no namespace.</summary>
    public List<Finding> Findings { get; } = [];

    public void Visit(ListedObject listed, ListedObject? bus, ListedObject? region)
    {
        var kind = listed.ResolvedKind;
        NoteMisplacedKeys(listed, kind);
        if (kind == ObjectKind.Namespace)
        {
            namespaces.Add((listed, bus?.Dev, region));
            return;
        }

        Findings.AddRange(listed.Findings ?? []);
        if (listed is { FailedArm: true, Dev: { } dimm })
        {
            unarmed.Add((bus?.Dev, dimm));
        }

        foreach (var child in listed.Children ?? [])
        {
            Visit(child, kind == ObjectKind.Bus ? listed : bus, kind == ObjectKind.Region ? listed : region);
        }
    }

    /// <summary>The devices, and findings about entries without a name.</summary>
    public List<NvdimmDevice> Devices()
    {
        var devices = new List<NvdimmDevice>(namespaces.Count);
        foreach (var (listed, bus, region) in namespaces)
        {
            if (listed.Dev is null)
            {
                Findings.Add(Finding.Error(NvdimmCodes.NdctlMissingKey, ("key", "dev"), ("device", listed.Title)));
                Findings.AddRange(listed.Findings ?? []);
                continue;
            }

            var readOnlyDimm = region?.MappedDimms?.Find(dimm => unarmed.Contains((bus, dimm)));
            devices.Add(NamespaceMapper.Map(listed, bus, region?.Dev, readOnlyDimm));
        }

        return devices;
    }

    private static void NoteMisplacedKeys(ListedObject listed, ObjectKind kind)
    {
        var misplaced = listed.Seen.Except(KeySet.Of(kind));
        if (misplaced.Bits == 0)
        {
            return;
        }

        foreach (var key in misplaced.Keys)
        {
            if (key != NdctlKey.Unknown)
            {
                listed.Add(Finding.Warning(
                    NvdimmCodes.NdctlUnknownKey,
                    ("key", key.Name()),
                    ("place", kind.ToString().ToLowerInvariant()),
                    ("device", listed.Title),
                    ("line", $"{listed.Line}"),
                    ("position", $"{listed.Position}")));
            }
        }
    }
}
