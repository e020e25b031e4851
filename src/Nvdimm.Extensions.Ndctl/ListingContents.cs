using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>What a listing has beside namespaces, and what it means that it has none.</summary>
internal sealed class ListingContents
{
    private const string CxlProvider = "CXL";

    private readonly List<ListedObject> buses = [];
    private readonly HashSet<ListedObject> busesWithNamespaces = [];
    private int namespaces;
    private int regions;
    private int dimms;

    /// <summary>The program that printed some of the listing, and that is not ndctl; null where none did.</summary>
    public string? OtherProgram { get; private set; }

    /// <summary>Counts an object that is no namespace with a name.</summary>
    public void Count(ListedObject listed, ObjectKind kind)
    {
        switch (kind)
        {
            case ObjectKind.Bus:
                buses.Add(listed);
                break;
            case ObjectKind.Region:
                regions++;
                break;
            case ObjectKind.Dimm:
                dimms++;
                break;
            case ObjectKind.Namespace:
                namespaces++;
                break;
            case ObjectKind.Daxctl:
                OtherProgram ??= "daxctl list";
                break;
            case ObjectKind.Cxl:
                OtherProgram ??= "cxl list";
                break;
            default:
                break;
        }
    }

    /// <summary>Counts a namespace with a name, on a bus where the listing has buses.</summary>
    public void CountNamespace(ListedObject? bus)
    {
        namespaces++;
        if (bus is not null)
        {
            busesWithNamespaces.Add(bus);
        }
    }

    /// <summary>What follows; of a listing that broke off only what it has.</summary>
    public IEnumerable<Finding> Findings(bool isWhole)
    {
        if (OtherProgram is not null)
        {
            yield return Finding.Error(NvdimmCodes.NdctlOtherProgram, ("program", OtherProgram));
        }

        if (!isWhole)
        {
            yield break;
        }

        if (namespaces == 0 && buses.Count + regions + dimms > 0)
        {
            yield return Finding.Warning(NvdimmCodes.NdctlNoNamespaces, ("what", What()));
        }

        foreach (var bus in buses.Where(bus => bus.Provider is CxlProvider && !busesWithNamespaces.Contains(bus)))
        {
            yield return Finding.Warning(NvdimmCodes.CxlWithoutNamespaces, ("bus", bus.Title));
        }
    }

    private static string Several(int count, string one) => count == 1 ? $"1 {one}" : $"{count} {one}s";

    private string What()
    {
        var parts = new List<string>();
        if (buses is [var bus])
        {
            parts.Add($"the bus {bus.Title} ({bus.Provider ?? "no provider"})");
        }
        else if (buses.Count > 1)
        {
            parts.Add($"{buses.Count} buses");
        }

        if (regions > 0)
        {
            parts.Add(Several(regions, "region"));
        }

        if (dimms > 0)
        {
            parts.Add(Several(dimms, "DIMM"));
        }

        return parts is [.. var first, var last] && first.Count > 0 ? $"{string.Join(", ", first)} and {last}" : parts[0];
    }
}
