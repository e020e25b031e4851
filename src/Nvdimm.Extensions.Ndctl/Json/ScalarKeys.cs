namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Reads the keys with a single value.</summary>
internal static class ScalarKeys
{
    /// <summary>Reads the value of <paramref name="key"/> into the object, or skips it if it is not used.</summary>
    public static void Read(ValueReader values, ListedObject listed, NdctlKey key)
    {
        switch (key)
        {
            case NdctlKey.Dev:
                listed.Dev = values.ReadDeviceName(listed, key);
                break;
            case NdctlKey.Mode:
                listed.Values.Mode = values.ReadWord(listed, key);
                break;
            case NdctlKey.Map:
                listed.Values.Map = values.ReadWord(listed, key);
                break;
            case NdctlKey.State:
                listed.Values.State = values.ReadWord(listed, key);
                break;
            case NdctlKey.Name:
                listed.Values.Name = values.ReadString(listed, key);
                break;
            case NdctlKey.BlockDev:
                listed.Values.BlockDevice = values.ReadDeviceName(listed, key);
                break;
            case NdctlKey.CharDev:
                listed.Values.CharDevice = values.ReadDeviceName(listed, key);
                break;
            case NdctlKey.Uuid:
                listed.Values.Uuid = values.ReadUuid(listed, key);
                break;
            case NdctlKey.Raw_Uuid:
                listed.Values.RawUuid = values.ReadUuid(listed, key);
                break;
            case NdctlKey.Provider:
                listed.Provider = values.ReadString(listed, key);
                break;
            case NdctlKey.Persistence_Domain:
                listed.PersistenceDomain = values.ReadWord(listed, key);
                break;
            default:
                ReadNumber(values, listed, key);
                break;
        }
    }

    private static void ReadNumber(ValueReader values, ListedObject listed, NdctlKey key)
    {
        switch (key)
        {
            case NdctlKey.Size:
                listed.Values.Size = values.ReadInteger(listed, key);
                break;
            case NdctlKey.Align:
                listed.Values.Align = values.ReadInteger(listed, key, minimum: 1);
                break;
            case NdctlKey.Sector_Size:
                listed.Values.SectorSize = values.ReadKnown(listed, key, long.MaxValue);
                break;
            case NdctlKey.Numa_Node:
                listed.Values.NumaNode = values.ReadKnown(listed, key, int.MaxValue);
                break;
            case NdctlKey.Target_Node:
                listed.Values.TargetNode = values.ReadKnown(listed, key, int.MaxValue);
                break;
            case NdctlKey.BadBlock_Count:
                listed.Values.BadBlockCount = values.ReadInteger(listed, key);
                break;
            default:
                ReadOfDimm(values, listed, key);
                break;
        }
    }

    private static void ReadOfDimm(ValueReader values, ListedObject listed, NdctlKey key)
    {
        switch (key)
        {
            case NdctlKey.Flag_Failed_Arm:
                listed.Dimm.FailedArm = values.ReadFlag(listed, key);
                break;
            case NdctlKey.Flag_Failed_Flush:
                listed.Dimm.FailedFlush = values.ReadFlag(listed, key);
                break;
            case NdctlKey.Flag_Failed_Map:
                listed.Dimm.FailedMap = values.ReadFlag(listed, key);
                break;
            case NdctlKey.Flag_Failed_Restore:
                listed.Dimm.FailedRestore = values.ReadFlag(listed, key);
                break;
            case NdctlKey.Flag_Failed_Save:
                listed.Dimm.FailedSave = values.ReadFlag(listed, key);
                break;
            case NdctlKey.Flag_Smart_Event:
                listed.Dimm.SmartEvent = values.ReadFlag(listed, key);
                break;
            case NdctlKey.Security:
                listed.Dimm.Security = values.ReadWord(listed, key);
                break;
            case NdctlKey.Security_Frozen:
                listed.Dimm.IsSecurityFrozen = values.ReadFlag(listed, key);
                break;
            default:
                values.Skip();
                break;
        }
    }
}
