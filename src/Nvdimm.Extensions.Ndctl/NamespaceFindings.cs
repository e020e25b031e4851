using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Finds the problems of a namespace: it looks usable and is not, a key is missing, or no known ndctl prints a value.</summary>
internal static class NamespaceFindings
{
    /// <summary>Adds the problems of <paramref name="device"/> to <paramref name="listed"/>.</summary>
    public static void Add(NvdimmDevice device, ListedObject listed)
    {
        if (device is { Uuid: null, Path: null } && device.Size == ByteSize.Zero)
        {
            listed.Add(Finding.Error(NvdimmCodes.SeedNamespace, ("device", device.Name)));
            return;
        }

        if (device.Size == ByteSize.Zero)
        {
            listed.Add(Finding.Error(NvdimmCodes.ZeroSize, ("device", device.Name)));
        }

        if (IsRawAreaOffered(device, listed))
        {
            listed.Add(Finding.Error(NvdimmCodes.RawAreaOffered, ("device", device.Name), ("uuid", $"{device.Uuid:D}")));
        }

        AddUnknownValues(device, listed);
        if (!AddWithoutDevice(device, listed))
        {
            AddMissing(device, listed);
        }

        DaxFindings.Add(device, listed);
        AddNotes(device, listed);
    }

    /// <summary>
    /// Whether the kernel maps a labelled namespace without having read its superblock: it is fsdax in the host's RAM, has a UUID, and has
    /// none of the keys that ndctl prints for a superblock (pmem/ndctl v81, <c>ndctl/json.c</c>, <c>util_namespace_to_json</c> without
    /// <c>pfn</c>). A namespace of a bus without labels would have no UUID.
    /// </summary>
    private static bool IsRawAreaOffered(NvdimmDevice device, ListedObject listed) =>
        device is { Mode: NamespaceMode.Fsdax, Map: NamespaceMap.Memory, Uuid: not null, Path: not null }
        && !listed.Seen.Contains(NdctlKey.Align)
        && (device.RawUuid == device.Uuid || !listed.Seen.Contains(NdctlKey.Raw_Uuid));

    private static void AddUnknownValues(NvdimmDevice device, ListedObject listed)
    {
        if (device.Mode == NamespaceMode.Unknown && listed.Values.Mode is { } mode)
        {
            listed.Add(Finding.Error(NvdimmCodes.NdctlUnknownMode, ("mode", mode), ("device", device.Name)));
        }

        if (listed.Values.Map is not (null or "none" or "mem" or "dev"))
        {
            listed.Add(Finding.Warning(
                NvdimmCodes.NdctlUnknownValue, ("key", "map"), ("value", listed.Values.Map), ("device", device.Name)));
        }

        if (listed.Values.State is not (null or "disabled"))
        {
            listed.Add(Finding.Error(
                NvdimmCodes.NdctlUnknownValue, ("key", "state"), ("value", listed.Values.State), ("device", device.Name)));
        }
    }

    /// <summary>Adds the reason if the namespace has no device on the host, which explains its missing keys; false if it has one.</summary>
    private static bool AddWithoutDevice(NvdimmDevice device, ListedObject listed)
    {
        // ndctl lists a disabled namespace as raw. One that keeps its mode only lacks its driver (ndctl v85, list -N -i).
        var needsDriver = device.Mode is NamespaceMode.Sector or NamespaceMode.Fsdax or NamespaceMode.Devdax;
        if (device.IsDisabled)
        {
            listed.Add(Finding.Error(needsDriver ? NvdimmCodes.DriverNotBound : NvdimmCodes.NamespaceDisabled, ("device", device.Name)));
            return true;
        }

        if (device.Path is not null || listed.Seen.Contains(NdctlKey.BlockDev) || listed.Seen.Contains(NdctlKey.CharDev))
        {
            return false;
        }

        listed.Add(Finding.Error(needsDriver ? NvdimmCodes.DriverNotBound : NvdimmCodes.NoDevicePath, ("device", device.Name)));
        return true;
    }

    /// <summary>
    /// Adds a finding for each missing key that ndctl prints for every active namespace (pmem/ndctl v81, <c>ndctl/json.c</c>,
    /// <c>util_namespace_to_json</c>).
    /// </summary>
    private static void AddMissing(NvdimmDevice device, ListedObject listed)
    {
        AddMissing(device, listed, NdctlKey.Mode, Severity.Error);
        AddMissing(device, listed, NdctlKey.Size, Severity.Error);
        if (device.Mode is NamespaceMode.Sector or NamespaceMode.Devdax)
        {
            AddMissing(device, listed, NdctlKey.Uuid, Severity.Warning);
        }

        if (device is { Mode: NamespaceMode.Devdax, Align: null })
        {
            AddMissing(device, listed, NdctlKey.Align, Severity.Error);
        }
    }

    private static void AddMissing(NvdimmDevice device, ListedObject listed, NdctlKey key, Severity severity)
    {
        if (!listed.Seen.Contains(key))
        {
            listed.Add(new Finding(NvdimmCodes.NdctlMissingKey, severity, [("key", key.Name()), ("device", device.Name)]));
        }
    }

    private static void AddNotes(NvdimmDevice device, ListedObject listed)
    {
        if (device is { Mode: NamespaceMode.Devdax, Path: not null } && !listed.Seen.Contains(NdctlKey.DaxRegion))
        {
            listed.Add(Finding.Warning(NvdimmCodes.DaxModeNotListed, ("device", device.Name)));
        }

        if (device is { Mode: NamespaceMode.Raw, Uuid: null, IsDisabled: false })
        {
            listed.Add(Finding.Warning(NvdimmCodes.NoLabels, ("device", device.Name)));
        }

        if (device.NumaNode is null)
        {
            listed.Add(Finding.Warning(NvdimmCodes.NoNumaNode, ("device", device.Name)));
        }

        if (device.BadBlockCount > 0)
        {
            listed.Add(Finding.Warning(NvdimmCodes.BadBlocks, ("device", device.Name), ("count", $"{device.BadBlockCount}")));
        }
    }
}
