namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The keys with one plain value.</summary>
internal static class ScalarKeys
{
    /// <summary>Reads the value of <paramref name="key"/> onto the object, or skips it where nobody needs it.</summary>
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
            case NdctlKey.Flag_Failed_Arm:
                listed.FailedArm = values.ReadFlag(listed, key);
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
                listed.Values.SectorSize = values.ReadInteger(listed, key);
                break;
            case NdctlKey.Numa_Node:
                listed.Values.NumaNode = values.ReadInteger(listed, key, maximum: int.MaxValue);
                break;
            case NdctlKey.Target_Node:
                listed.Values.TargetNode = values.ReadInteger(listed, key, maximum: int.MaxValue);
                break;
            case NdctlKey.BadBlock_Count:
                listed.Values.BadBlockCount = values.ReadInteger(listed, key);
                break;
            default:
                values.Skip();
                break;
        }
    }
}
