using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>What is odd about the dax devices of a namespace.</summary>
internal static class DaxFindings
{
    public static IEnumerable<Finding> Of(NvdimmDevice device)
    {
        foreach (var dax in device.DaxDevices)
        {
            if (dax.Mode == DaxDeviceMode.SystemRam)
            {
                yield return Finding.Error(NvdimmCodes.DaxSystemRam, ("device", device.Name), ("chardev", dax.CharDevice));
            }
            else if (dax.IsDisabled)
            {
                yield return Finding.Error(NvdimmCodes.DaxDisabled, ("device", device.Name), ("chardev", dax.CharDevice));
            }

            if (dax.Align > device.Align)
            {
                yield return Finding.Error(
                    NvdimmCodes.DaxAlignMismatch,
                    ("device", device.Name),
                    ("align", $"{device.Align.Value.Bytes}"),
                    ("chardev", dax.CharDevice),
                    ("daxAlign", $"{dax.Align.Value.Bytes}"));
            }
        }

        if (device.DaxDevices.Count > 1 || device.DaxDevices.Any(dax => dax.Size is not null && device.Size is not null && dax.Size != device.Size))
        {
            yield return Finding.Error(
                NvdimmCodes.DaxSizeMismatch,
                ("device", device.Name),
                ("size", $"{device.Size?.Bytes}"),
                ("daxSizes", string.Join(" and ", device.DaxDevices.Select(dax => $"{dax.Size?.Bytes}"))));
        }
    }
}
