using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>What is odd about a namespace: what looks usable and is not, what is missing, what no known ndctl prints.</summary>
internal static class NamespaceFindings
{
    public static IEnumerable<Finding> Of(NvdimmDevice device, ListedObject listed, string? readOnlyDimm)
    {
        if (device.Size == ByteSize.Zero)
        {
            return [Finding.Error(NvdimmCodes.SeedNamespace, ("device", device.Name))];
        }

        var state = States(device, listed).ToList();
        return
        [
            .. Modes(device, listed),
            .. state,
            .. state.Count == 0 ? Missing(device, listed) : [],
            .. DaxFindings.Of(device),
            .. Notes(device, listed, readOnlyDimm),
        ];
    }

    private static IEnumerable<Finding> Modes(NvdimmDevice device, ListedObject listed)
    {
        if (device.Mode == NamespaceMode.Unknown && listed.Mode is { } mode)
        {
            yield return Finding.Error(NvdimmCodes.NdctlUnknownMode, ("mode", mode), ("device", device.Name));
        }

        if (listed.Map is not (null or "none" or "mem" or "dev"))
        {
            yield return Finding.Warning(NvdimmCodes.NdctlUnknownValue, ("key", "map"), ("value", listed.Map), ("device", device.Name));
        }

        if (listed.State is not (null or "disabled"))
        {
            yield return Finding.Error(NvdimmCodes.NdctlUnknownValue, ("key", "state"), ("value", listed.State), ("device", device.Name));
        }
    }

    /// <summary>Why it has no device on the host. Each explains what else is missing.</summary>
    private static IEnumerable<Finding> States(NvdimmDevice device, ListedObject listed)
    {
        if (device.IsDisabled)
        {
            yield return Finding.Error(NvdimmCodes.NamespaceDisabled, ("device", device.Name));
        }
        else if (device.Path is null && !listed.Seen.Contains(NdctlKey.BlockDev) && !listed.Seen.Contains(NdctlKey.CharDev))
        {
            var needsDriver = device.Mode is NamespaceMode.Sector or NamespaceMode.Fsdax or NamespaceMode.Devdax;
            yield return Finding.Error(needsDriver ? NvdimmCodes.DriverNotBound : NvdimmCodes.NoDevicePath, ("device", device.Name));
        }
    }

    private static IEnumerable<Finding> Missing(NvdimmDevice device, ListedObject listed)
    {
        foreach (var (key, severity) in Expected(device.Mode))
        {
            if (!listed.Seen.Contains(key))
            {
                yield return new Finding(NvdimmCodes.NdctlMissingKey, severity, [("key", key.Name()), ("device", device.Name)]);
            }
        }
    }

    /// <summary>What ndctl 81 prints for every active namespace of a mode (pmem/ndctl v81, <c>ndctl/json.c</c>, <c>util_namespace_to_json</c>).</summary>
    private static IEnumerable<(NdctlKey Key, Severity Severity)> Expected(NamespaceMode mode)
    {
        yield return (NdctlKey.Mode, Severity.Error);
        yield return (NdctlKey.Size, Severity.Error);
        if (mode is NamespaceMode.Sector or NamespaceMode.Devdax)
        {
            yield return (NdctlKey.Uuid, Severity.Warning);
        }

        if (mode == NamespaceMode.Devdax)
        {
            yield return (NdctlKey.Align, Severity.Error);
        }
    }

    private static IEnumerable<Finding> Notes(NvdimmDevice device, ListedObject listed, string? readOnlyDimm)
    {
        if (listed.Align == 0)
        {
            yield return Finding.Error(
                NvdimmCodes.NdctlBadValue,
                ("key", "align"),
                ("value", "0"),
                ("expected", "a whole number from 1"),
                ("device", device.Name),
                ("line", $"{listed.Line}"),
                ("position", $"{listed.Position}"));
        }

        if (readOnlyDimm is not null)
        {
            yield return Finding.Error(NvdimmCodes.ReadOnly, ("device", device.Name), ("reason", $"its DIMM {readOnlyDimm} is not armed for writing"));
        }

        if (device is { Mode: NamespaceMode.Raw, Uuid: null, IsDisabled: false })
        {
            yield return Finding.Warning(NvdimmCodes.NoLabels, ("device", device.Name));
        }

        if (device.NumaNode is null)
        {
            yield return Finding.Warning(NvdimmCodes.NoNumaNode, ("device", device.Name));
        }

        if (device.BadBlockCount > 0)
        {
            yield return Finding.Warning(NvdimmCodes.BadBlocks, ("device", device.Name), ("count", $"{device.BadBlockCount}"));
        }
    }
}
