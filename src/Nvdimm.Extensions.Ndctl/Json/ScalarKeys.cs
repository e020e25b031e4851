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
                listed.Mode = values.ReadWord(listed, key);
                break;
            case NdctlKey.Map:
                listed.Map = values.ReadWord(listed, key);
                break;
            case NdctlKey.State:
                listed.State = values.ReadWord(listed, key);
                break;
            case NdctlKey.Name:
                listed.Name = values.ReadString(listed, key);
                break;
            case NdctlKey.BlockDev:
                listed.BlockDevice = values.ReadDeviceName(listed, key);
                break;
            case NdctlKey.CharDev:
                listed.CharDevice = values.ReadDeviceName(listed, key);
                break;
            case NdctlKey.Uuid:
                listed.Uuid = values.ReadUuid(listed, key);
                break;
            case NdctlKey.Raw_Uuid:
                listed.RawUuid = values.ReadUuid(listed, key);
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
                listed.Size = values.ReadInteger(listed, key);
                break;
            case NdctlKey.Align:
                listed.Align = values.ReadInteger(listed, key, minimum: 1);
                break;
            case NdctlKey.Sector_Size:
                listed.SectorSize = values.ReadInteger(listed, key);
                break;
            case NdctlKey.Numa_Node:
                listed.NumaNode = values.ReadInteger(listed, key, maximum: int.MaxValue);
                break;
            case NdctlKey.Target_Node:
                listed.TargetNode = values.ReadInteger(listed, key, maximum: int.MaxValue);
                break;
            case NdctlKey.BadBlock_Count:
                listed.BadBlockCount = values.ReadInteger(listed, key);
                break;
            default:
                values.Skip();
                break;
        }
    }
}
