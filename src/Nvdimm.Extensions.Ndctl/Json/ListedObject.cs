namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// One object of a listing as it stands there: a bus, region, DIMM or namespace. Which one often shows only at its end,
/// so that one shape holds the keys of all.
/// </summary>
internal sealed class ListedObject
{
    /// <summary>What stands in a device or region of <c>daxctl list</c> and in no namespace without also one of <see cref="NamespaceOnly"/>.</summary>
    private static readonly KeySet DaxctlOnly = KeySet.Of(NdctlKey.CharDev, NdctlKey.Path, NdctlKey.Devices);

    private static readonly KeySet NamespaceOnly =
        KeySet.Of(NdctlKey.Dev, NdctlKey.Uuid, NdctlKey.Raw_Uuid, NdctlKey.Map, NdctlKey.DaxRegion, NdctlKey.BlockDev, NdctlKey.Sector_Size);

    private NamespaceValues values;
    private DimmValues dimm;

    public ObjectKind Kind { get; private set; }

    public int Line { get; private set; }

    public int Position { get; private set; }

    public KeySet Seen { get; set; }

    public string? Dev { get; set; }

    /// <summary>The provider of a bus, such as <c>ACPI.NFIT</c>, <c>e820</c> or <c>CXL</c>.</summary>
    public string? Provider { get; set; }

    /// <summary>The persistence domain of a region, as the listing spells it.</summary>
    public string? PersistenceDomain { get; set; }

    /// <summary>Whether it has a key that only <c>cxl list</c> prints.</summary>
    public bool HasCxlKey { get; set; }

    /// <summary>The DIMMs of a region, by name.</summary>
    public List<string>? MappedDimms { get; set; }

    /// <summary>The objects inside: regions, namespaces, DIMMs.</summary>
    public ListedEntries? Children { get; set; }

    /// <summary>What was odd about its own keys and values.</summary>
    public List<Finding>? Findings { get; set; }

    /// <summary>The values that only a namespace needs.</summary>
    public ref NamespaceValues Values => ref values;

    /// <summary>The values that only a DIMM needs.</summary>
    public ref DimmValues Dimm => ref dimm;

    /// <summary>What to call it in a finding.</summary>
    public string Title => Dev ?? $"the entry at line {Line}";

    /// <summary>The kind, from the place where it stood, its kernel name, or its keys.</summary>
    public ObjectKind ResolvedKind => OtherProgram ?? (Kind != ObjectKind.Unknown ? Kind : Dev switch
    {
        not null when Dev.StartsWith("namespace", StringComparison.Ordinal) => ObjectKind.Namespace,
        not null when Dev.StartsWith("region", StringComparison.Ordinal) => ObjectKind.Region,
        not null when Dev.StartsWith("ndbus", StringComparison.Ordinal) => ObjectKind.Bus,
        not null when Dev.StartsWith("nmem", StringComparison.Ordinal) => ObjectKind.Dimm,
        null when Seen.Except(KeySet.Of(ObjectKind.Platform)).Bits == 0 && Children is not null => ObjectKind.Platform,
        _ when Seen.Contains(NdctlKey.Provider) => ObjectKind.Bus,
        _ when Seen.Contains(NdctlKey.Mappings) || Seen.Contains(NdctlKey.Available_Size) => ObjectKind.Region,
        _ when Seen.Contains(NdctlKey.Handle) || Seen.Contains(NdctlKey.Phys_Id) => ObjectKind.Dimm,
        _ => ObjectKind.Namespace,
    });

    /// <summary>The kind of an object that another program prints; null for one of ndctl's, which has a kernel name or ndctl's keys.</summary>
    private ObjectKind? OtherProgram => Seen.Contains(NdctlKey.Dev)
        ? null
        : HasCxlKey
            ? ObjectKind.Cxl
            : Seen.Intersects(DaxctlOnly) && !Seen.Intersects(NamespaceOnly) ? ObjectKind.Daxctl : null;

    /// <summary>Starts another object. Nothing of the one before stays.</summary>
    public void Begin(ObjectKind kind, int line, int position)
    {
        (Kind, Line, Position) = (kind, line, position);
        (Seen, Dev, Provider, PersistenceDomain, HasCxlKey) = (default, null, null, null, false);
        (MappedDimms, Children, Findings) = (null, null, null);
        values = default;
        dimm = default;
    }

    public void Add(Finding finding) => (Findings ??= []).Add(finding);

    /// <summary>Notes the keys that stand in it and belong into another kind of object.</summary>
    public void AddMisplacedKeys()
    {
        var kind = ResolvedKind;
        var misplaced = Seen.Except(KeySet.Of(kind));
        if (misplaced.Bits == 0 || kind is ObjectKind.Daxctl or ObjectKind.Cxl)
        {
            return;
        }

        foreach (var key in misplaced.Keys.Where(key => key != NdctlKey.Unknown))
        {
            Add(Finding.Warning(
                NvdimmCodes.NdctlUnknownKey,
                ("key", key.Name()),
                ("place", kind.ToString().ToLowerInvariant()),
                ("device", Title),
                ("line", $"{Line}"),
                ("position", $"{Position}")));
        }
    }
}
