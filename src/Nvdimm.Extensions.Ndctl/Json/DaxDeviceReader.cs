using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Reads the dax devices of a namespace. Not safe for use by several threads.</summary>
internal sealed class DaxDeviceReader(ValueReader values)
{
    private string? charDevice;
    private string? mode;
    private string? state;
    private long? size;
    private long? align;
    private long? targetNode;

    /// <summary>Reads the device whose object the reader has entered, and adds it if it has a name.</summary>
    public void Read(ListedObject listed)
    {
        (charDevice, mode, state, size, align, targetNode) = (null, null, null, null, null, null);
        while (values.NextKey() is { } key)
        {
            ReadValue(key, listed);
        }

        if (charDevice is not null)
        {
            listed.Values.DaxDevices!.Add(new DaxDevice
            {
                CharDevice = charDevice,
                Size = size is { } bytes ? ByteSize.FromBytes(bytes) : null,
                Align = align is { } alignment ? Alignment.FromBytes(alignment) : null,
                TargetNode = (int?)targetNode,
                Mode = Mode(listed),
                IsDisabled = IsDisabled(listed),
            });
        }
    }

    private void ReadValue(NdctlKey key, ListedObject owner)
    {
        switch (key)
        {
            case NdctlKey.CharDev:
                charDevice = values.ReadDeviceName(owner, key);
                break;
            case NdctlKey.Mode:
                mode = values.ReadWord(owner, key);
                break;
            case NdctlKey.State:
                state = values.ReadWord(owner, key);
                break;
            case NdctlKey.Size:
                size = values.ReadInteger(owner, key);
                break;
            case NdctlKey.Align:
                align = values.ReadInteger(owner, key, minimum: 1);
                break;
            case NdctlKey.Target_Node:
                targetNode = values.ReadKnown(owner, key, int.MaxValue);
                break;
            case NdctlKey.Online_MemBlocks or NdctlKey.Total_MemBlocks or NdctlKey.Movable or NdctlKey.Mappings:
                values.Skip();
                break;
            default:
                values.Unknown(owner, "dax device");
                break;
        }
    }

    private DaxDeviceMode Mode(ListedObject listed)
    {
        switch (mode)
        {
            case "devdax":
                return DaxDeviceMode.Devdax;
            case "system-ram":
                return DaxDeviceMode.SystemRam;
            case "famfs":
                return DaxDeviceMode.Famfs;
            case null:
                return DaxDeviceMode.Unknown;
            default:
                UnknownValue(listed, "dax device mode", mode);
                return DaxDeviceMode.Unknown;
        }
    }

    private bool IsDisabled(ListedObject listed)
    {
        if (state is not (null or "disabled"))
        {
            UnknownValue(listed, "dax device state", state);
        }

        return state is "disabled";
    }

    private static void UnknownValue(ListedObject listed, string key, string value) =>
        listed.Add(Finding.Error(NvdimmCodes.NdctlUnknownValue, ("key", key), ("value", value), ("device", listed.Title)));
}
