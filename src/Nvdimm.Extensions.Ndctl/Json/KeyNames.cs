using Newtonsoft.Json;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// Gives the reader the names of keys without allocating, and remembers the key that it gave last. The compiler's search of the list is
/// faster than any dictionary, and a listing of 10,000 namespaces has 170,000 keys. Not safe for use by several threads.
/// </summary>
internal sealed class KeyNames : JsonNameTable
{
    private static readonly string[] Names = [.. Enum.GetValues<NdctlKey>().Select(key => key.Name())];

    private NdctlKey last;

    /// <inheritdoc/>
    public override string? Get(char[] key, int start, int length)
    {
        last = Find(key.AsSpan(start, length));
        return last == NdctlKey.Unknown ? null : Names[(int)last];
    }

    /// <summary>The key of a name that the reader returned. A name written with escapes does not come from <see cref="Get"/>.</summary>
    public NdctlKey Of(string name) => ReferenceEquals(name, Names[(int)last]) ? last : Find(name);

    private static NdctlKey Find(ReadOnlySpan<char> name) => name switch
    {
        "alarm_controller_temperature" => NdctlKey.Alarm_Controller_Temperature,
        "alarm_spares" => NdctlKey.Alarm_Spares,
        "alarm_temperature" => NdctlKey.Alarm_Temperature,
        "align" => NdctlKey.Align,
        "available_size" => NdctlKey.Available_Size,
        "badblock_count" => NdctlKey.BadBlock_Count,
        "badblocks" => NdctlKey.BadBlocks,
        "blockdev" => NdctlKey.BlockDev,
        "capabilities" => NdctlKey.Capabilities,
        "chardev" => NdctlKey.CharDev,
        "daxdevs" => NdctlKey.DaxDevs,
        "daxregion" => NdctlKey.DaxRegion,
        "dev" => NdctlKey.Dev,
        "devices" => NdctlKey.Devices,
        "dimm" => NdctlKey.Dimm,
        "dimms" => NdctlKey.Dimms,
        "firmware" => NdctlKey.Firmware,
        "flag_failed_arm" => NdctlKey.Flag_Failed_Arm,
        "flag_failed_flush" => NdctlKey.Flag_Failed_Flush,
        "flag_failed_map" => NdctlKey.Flag_Failed_Map,
        "flag_failed_restore" => NdctlKey.Flag_Failed_Restore,
        "flag_failed_save" => NdctlKey.Flag_Failed_Save,
        "flag_smart_event" => NdctlKey.Flag_Smart_Event,
        "handle" => NdctlKey.Handle,
        "health" => NdctlKey.Health,
        "health_state" => NdctlKey.Health_State,
        "id" => NdctlKey.Id,
        "iset_id" => NdctlKey.Iset_Id,
        "length" => NdctlKey.Length,
        "map" => NdctlKey.Map,
        "mappings" => NdctlKey.Mappings,
        "max_available_extent" => NdctlKey.Max_Available_Extent,
        "mode" => NdctlKey.Mode,
        "movable" => NdctlKey.Movable,
        "name" => NdctlKey.Name,
        "namespaces" => NdctlKey.Namespaces,
        "numa_node" => NdctlKey.Numa_Node,
        "offset" => NdctlKey.Offset,
        "online_memblocks" => NdctlKey.Online_MemBlocks,
        "path" => NdctlKey.Path,
        "persistence_domain" => NdctlKey.Persistence_Domain,
        "phys_id" => NdctlKey.Phys_Id,
        "position" => NdctlKey.Position,
        "provider" => NdctlKey.Provider,
        "raw_uuid" => NdctlKey.Raw_Uuid,
        "regions" => NdctlKey.Regions,
        "scrub_state" => NdctlKey.Scrub_State,
        "sector_size" => NdctlKey.Sector_Size,
        "security" => NdctlKey.Security,
        "security_frozen" => NdctlKey.Security_Frozen,
        "shutdown_state" => NdctlKey.Shutdown_State,
        "size" => NdctlKey.Size,
        "state" => NdctlKey.State,
        "supported_alignments" => NdctlKey.Supported_Alignments,
        "supported sector sizes" or "supported_sector_sizes" => NdctlKey.Supported_Sector_Sizes,
        "target_node" => NdctlKey.Target_Node,
        "total_memblocks" => NdctlKey.Total_MemBlocks,
        "type" => NdctlKey.Type,
        "uuid" => NdctlKey.Uuid,
        _ => NdctlKey.Unknown,
    };
}
