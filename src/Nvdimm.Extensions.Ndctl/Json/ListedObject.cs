namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// One object of a listing as it stands there: a bus, region, DIMM or namespace. Which one often shows only at its end,
/// so that one shape holds the keys of all.
/// </summary>
internal sealed class ListedObject
{
    private NamespaceValues values;

    public ObjectKind Kind { get; private set; }

    public int Line { get; private set; }

    public int Position { get; private set; }

    public KeySet Seen { get; set; }

    public string? Dev { get; set; }

    public bool FailedArm { get; set; }

    /// <summary>The DIMMs of a region, by name.</summary>
    public List<string>? MappedDimms { get; set; }

    /// <summary>The objects inside: regions, namespaces, DIMMs.</summary>
    public ListedEntries? Children { get; set; }

    /// <summary>What was odd about its own keys and values.</summary>
    public List<Finding>? Findings { get; set; }

    /// <summary>The values that only a namespace needs.</summary>
    public ref NamespaceValues Values => ref values;

    /// <summary>What to call it in a finding.</summary>
    public string Title => Dev ?? $"the entry at line {Line}";

    /// <summary>The kind, from the place where it stood, its kernel name, or its keys.</summary>
    public ObjectKind ResolvedKind => Kind != ObjectKind.Unknown ? Kind : Dev switch
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
    };

    /// <summary>Starts another object. Nothing of the one before stays.</summary>
    public void Begin(ObjectKind kind, int line, int position)
    {
        (Kind, Line, Position) = (kind, line, position);
        (Seen, Dev, FailedArm, MappedDimms, Children, Findings) = (default, null, false, null, null, null);
        values = default;
    }

    public void Add(Finding finding) => (Findings ??= []).Add(finding);

    /// <summary>Notes the keys that stand in it and belong into another kind of object.</summary>
    public void AddMisplacedKeys()
    {
        var misplaced = Seen.Except(KeySet.Of(ResolvedKind));
        if (misplaced.Bits == 0)
        {
            return;
        }

        foreach (var key in misplaced.Keys.Where(key => key != NdctlKey.Unknown))
        {
            Add(Finding.Warning(
                NvdimmCodes.NdctlUnknownKey,
                ("key", key.Name()),
                ("place", ResolvedKind.ToString().ToLowerInvariant()),
                ("device", Title),
                ("line", $"{Line}"),
                ("position", $"{Position}")));
        }
    }
}
