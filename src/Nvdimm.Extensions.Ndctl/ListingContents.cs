using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// Counts what a listing has beside namespaces, and reports what it means if namespaces are missing. Not safe for use by several threads.
/// </summary>
internal sealed class ListingContents
{
    private const string CxlProvider = "CXL";

    private readonly List<ListedObject> buses = [];
    private readonly HashSet<ListedObject> busesWithNamespaces = [];
    private int namespaces;
    private int regions;
    private int dimms;

    /// <summary>A program other than ndctl that printed a part of the listing; null if there is none.</summary>
    public string? OtherProgram { get; private set; }

    /// <summary>Counts an object that is not a namespace with a name.</summary>
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

    /// <summary>Counts a namespace with a name, and its bus if the listing has buses.</summary>
    public void CountNamespace(ListedObject? bus)
    {
        namespaces++;
        if (bus is not null)
        {
            busesWithNamespaces.Add(bus);
        }
    }

    /// <summary>The resulting findings. For a truncated listing nothing is reported about what is missing.</summary>
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
