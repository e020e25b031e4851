namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// One object of a listing as written: a bus, region, DIMM or namespace. Its kind is often known only at its end, so this class has the
/// keys of all kinds.
/// </summary>
internal sealed class ListedObject
{
    /// <summary>
    /// Keys of a device or region of <c>daxctl list</c>. A namespace has them only together with one of <see cref="NamespaceOnly"/>.
    /// </summary>
    private static readonly KeySet DaxctlOnly = KeySet.Of(NdctlKey.CharDev, NdctlKey.Path, NdctlKey.Devices);

    private static readonly KeySet NamespaceOnly =
        KeySet.Of(
            NdctlKey.Dev, NdctlKey.Uuid, NdctlKey.Raw_Uuid, NdctlKey.Map, NdctlKey.DaxRegion, NdctlKey.BlockDev, NdctlKey.Sector_Size);

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

    /// <summary>Whether the object has a key that only <c>cxl list</c> prints.</summary>
    public bool HasCxlKey { get; set; }

    /// <summary>The DIMMs of a region, by name.</summary>
    public List<string>? MappedDimms { get; set; }

    /// <summary>The nested objects: regions, namespaces, DIMMs.</summary>
    public ListedEntries? Children { get; set; }

    /// <summary>The problems of its own keys and values.</summary>
    public List<Finding>? Findings { get; set; }

    /// <summary>The values of a namespace.</summary>
    public ref NamespaceValues Values => ref values;

    /// <summary>The values of a DIMM.</summary>
    public ref DimmValues Dimm => ref dimm;

    /// <summary>The name of the object for a finding.</summary>
    public string Title => Dev ?? $"the entry at line {Line}";

    /// <summary>The kind, from the key above the object, its kernel name, or its keys.</summary>
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

    /// <summary>
    /// The kind of an object that another program prints; null for an object of ndctl, which has a kernel name or ndctl's keys.
    /// </summary>
    private ObjectKind? OtherProgram => Seen.Contains(NdctlKey.Dev)
        ? null
        : HasCxlKey
            ? ObjectKind.Cxl
            : Seen.Intersects(DaxctlOnly) && !Seen.Intersects(NamespaceOnly) ? ObjectKind.Daxctl : null;

    /// <summary>Resets everything for another object.</summary>
    public void Begin(ObjectKind kind, int line, int position)
    {
        (Kind, Line, Position) = (kind, line, position);
        (Seen, Dev, Provider, PersistenceDomain, HasCxlKey) = (default, null, null, null, false);
        (MappedDimms, Children, Findings) = (null, null, null);
        values = default;
        dimm = default;
    }

    public void Add(Finding finding) => (Findings ??= []).Add(finding);

    /// <summary>Adds a finding for each key that belongs to another kind of object.</summary>
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
