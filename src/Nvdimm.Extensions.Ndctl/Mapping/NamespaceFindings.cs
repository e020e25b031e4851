using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>What is odd about a namespace: what looks usable and is not, what is missing, what no known ndctl prints.</summary>
internal static class NamespaceFindings
{
    /// <summary>Notes on <paramref name="listed"/> what is odd about it as <paramref name="device"/>.</summary>
    public static void Add(NvdimmDevice device, ListedObject listed)
    {
        if (device.Size == ByteSize.Zero)
        {
            listed.Add(Finding.Error(NvdimmCodes.SeedNamespace, ("device", device.Name)));
            return;
        }

        AddUnknownValues(device, listed);
        if (!AddWithoutDevice(device, listed))
        {
            AddMissing(device, listed);
        }

        DaxFindings.Add(device, listed);
        AddNotes(device, listed);
    }

    private static void AddUnknownValues(NvdimmDevice device, ListedObject listed)
    {
        if (device.Mode == NamespaceMode.Unknown && listed.Values.Mode is { } mode)
        {
            listed.Add(Finding.Error(NvdimmCodes.NdctlUnknownMode, ("mode", mode), ("device", device.Name)));
        }

        if (listed.Values.Map is not (null or "none" or "mem" or "dev"))
        {
            listed.Add(Finding.Warning(NvdimmCodes.NdctlUnknownValue, ("key", "map"), ("value", listed.Values.Map), ("device", device.Name)));
        }

        if (listed.Values.State is not (null or "disabled"))
        {
            listed.Add(Finding.Error(NvdimmCodes.NdctlUnknownValue, ("key", "state"), ("value", listed.Values.State), ("device", device.Name)));
        }
    }

    /// <summary>Why it has no device on the host, where it has none; that explains what else is missing.</summary>
    private static bool AddWithoutDevice(NvdimmDevice device, ListedObject listed)
    {
        if (device.IsDisabled)
        {
            listed.Add(Finding.Error(NvdimmCodes.NamespaceDisabled, ("device", device.Name)));
            return true;
        }

        if (device.Path is not null || listed.Seen.Contains(NdctlKey.BlockDev) || listed.Seen.Contains(NdctlKey.CharDev))
        {
            return false;
        }

        var needsDriver = device.Mode is NamespaceMode.Sector or NamespaceMode.Fsdax or NamespaceMode.Devdax;
        listed.Add(Finding.Error(needsDriver ? NvdimmCodes.DriverNotBound : NvdimmCodes.NoDevicePath, ("device", device.Name)));
        return true;
    }

    /// <summary>What ndctl 81 prints for every active namespace (pmem/ndctl v81, <c>ndctl/json.c</c>, <c>util_namespace_to_json</c>).</summary>
    private static void AddMissing(NvdimmDevice device, ListedObject listed)
    {
        AddMissing(device, listed, NdctlKey.Mode, Severity.Error);
        AddMissing(device, listed, NdctlKey.Size, Severity.Error);
        if (device.Mode is NamespaceMode.Sector or NamespaceMode.Devdax)
        {
            AddMissing(device, listed, NdctlKey.Uuid, Severity.Warning);
        }

        if (device.Mode == NamespaceMode.Devdax)
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
