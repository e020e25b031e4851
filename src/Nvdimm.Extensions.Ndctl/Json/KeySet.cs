namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>A set of keys, with one bit for each of at most 64.</summary>
internal readonly record struct KeySet
{
    private static readonly KeySet DimmKeys = new(
        NdctlKey.Dev, NdctlKey.Id, NdctlKey.Handle, NdctlKey.Phys_Id, NdctlKey.State, NdctlKey.Security, NdctlKey.Security_Frozen,
        NdctlKey.Health,
        NdctlKey.Firmware, NdctlKey.Flag_Failed_Arm, NdctlKey.Flag_Failed_Flush, NdctlKey.Flag_Failed_Map, NdctlKey.Flag_Failed_Restore,
        NdctlKey.Flag_Failed_Save, NdctlKey.Flag_Smart_Event);

    private static readonly KeySet RegionKeys = new(
        NdctlKey.Dev, NdctlKey.Size, NdctlKey.Align, NdctlKey.Available_Size, NdctlKey.Max_Available_Extent, NdctlKey.Type,
        NdctlKey.Numa_Node,
        NdctlKey.Target_Node, NdctlKey.Iset_Id, NdctlKey.Mappings, NdctlKey.State, NdctlKey.BadBlock_Count, NdctlKey.BadBlocks,
        NdctlKey.Capabilities, NdctlKey.Persistence_Domain, NdctlKey.Namespaces);

    private static readonly KeySet NamespaceKeys = new(
        NdctlKey.Dev, NdctlKey.Mode, NdctlKey.Map, NdctlKey.Size, NdctlKey.Uuid, NdctlKey.Raw_Uuid, NdctlKey.DaxRegion, NdctlKey.DaxDevs,
        NdctlKey.CharDev, NdctlKey.Sector_Size, NdctlKey.Align, NdctlKey.BlockDev, NdctlKey.State, NdctlKey.Name, NdctlKey.Numa_Node,
        NdctlKey.Target_Node, NdctlKey.BadBlock_Count, NdctlKey.BadBlocks, NdctlKey.Supported_Alignments, NdctlKey.Supported_Sector_Sizes);

    private static readonly KeySet BusKeys = new(
        NdctlKey.Provider, NdctlKey.Dev, NdctlKey.Scrub_State, NdctlKey.Firmware, NdctlKey.Dimms, NdctlKey.Regions, NdctlKey.Namespaces);

    private static readonly KeySet PlatformKeys = new(NdctlKey.Dimms, NdctlKey.Regions, NdctlKey.Namespaces);

    private KeySet(ulong bits) => Bits = bits;

    private KeySet(NdctlKey first, params ReadOnlySpan<NdctlKey> keys)
    {
        Bits = 1UL << (int)first;
        foreach (var key in keys)
        {
            Bits |= 1UL << (int)key;
        }
    }

    public ulong Bits { get; }

    /// <summary>The keys that known versions print in an object of this kind.</summary>
    public static KeySet Of(ObjectKind kind) => kind switch
    {
        ObjectKind.Dimm => DimmKeys,
        ObjectKind.Region => RegionKeys,
        ObjectKind.Namespace => NamespaceKeys,
        ObjectKind.Bus => BusKeys,
        _ => PlatformKeys,
    };

    /// <summary>Returns the set of these keys.</summary>
    public static KeySet Of(NdctlKey first, params ReadOnlySpan<NdctlKey> keys) => new(first, keys);

    public bool Intersects(KeySet other) => (Bits & other.Bits) != 0;

    public bool Contains(NdctlKey key) => (Bits & (1UL << (int)key)) != 0;

    public KeySet With(NdctlKey key) => new(Bits | (1UL << (int)key));

    public KeySet Except(KeySet other) => new(Bits & ~other.Bits);

    public IEnumerable<NdctlKey> Keys => Enum.GetValues<NdctlKey>().Where(Contains);
}
