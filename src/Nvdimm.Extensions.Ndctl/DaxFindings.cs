using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Finds the problems of the dax devices of a namespace.</summary>
internal static class DaxFindings
{
    /// <summary>Adds the problems of the dax devices of <paramref name="device"/> to <paramref name="listed"/>.</summary>
    public static void Add(NvdimmDevice device, ListedObject listed)
    {
        if (device.DaxDevices.Count == 0)
        {
            return;
        }

        foreach (var dax in device.DaxDevices)
        {
            Add(device, listed, dax);
        }

        if (device.DaxDevices.Count > 1 || (device.DaxDevices[0].Size is { } size && device.Size is { } whole && size != whole))
        {
            listed.Add(Finding.Error(
                NvdimmCodes.DaxSizeMismatch,
                ("device", device.Name),
                ("size", $"{device.Size?.Bytes}"),
                ("daxSizes", string.Join(" and ", device.DaxDevices.Select(dax => $"{dax.Size?.Bytes}")))));
        }
    }

    private static void Add(NvdimmDevice device, ListedObject listed, DaxDevice dax)
    {
        if (dax.Mode == DaxDeviceMode.SystemRam)
        {
            listed.Add(Finding.Error(NvdimmCodes.DaxSystemRam, ("device", device.Name), ("chardev", dax.CharDevice)));
        }
        else if (dax.Mode == DaxDeviceMode.Famfs)
        {
            listed.Add(Finding.Error(
                NvdimmCodes.DaxNotDevdax, ("device", device.Name), ("chardev", dax.CharDevice), ("use", "the mode famfs")));
        }
        else if (dax.IsDisabled)
        {
            listed.Add(Finding.Error(NvdimmCodes.DaxDisabled, ("device", device.Name), ("chardev", dax.CharDevice)));
        }

        if (dax.Align > device.Align)
        {
            listed.Add(Finding.Error(
                NvdimmCodes.DaxAlignMismatch,
                ("device", device.Name),
                ("align", $"{device.Align.Value.Bytes}"),
                ("chardev", dax.CharDevice),
                ("daxAlign", $"{dax.Align.Value.Bytes}")));
        }
    }
}
