using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// Reads labels from a device: block devices and regular files by read, dax devices by a shared mapping. It opens read-only and changes
/// nothing. It does not open a dax device with bad blocks, because reading one through its mapping ends the process (SIGBUS).
/// </summary>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
public sealed class LabelProbe(string root = "/")
{
    /// <summary>
    /// The offsets of the last search. The NVDIMMs of a VM are mostly alike, and share them. Several threads may search: the object
    /// is replaced as a whole, and never changed.
    /// </summary>
    private KnownOffsets? last;

    /// <summary>Searches for labels. An area is reported with the size that its own index gives, whatever size was asked for.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="search">The places to search. Places outside the device are skipped.</param>
    /// <returns>
    /// The labels, or why the device could not be read: a missing file, missing rights, an error of the device, known bad blocks of a dax
    /// device, or signatures of labels at more than 256 places.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    public LabelSurvey Survey(NvdimmDevice device, LabelSearch search)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(search);
        var path = device.Path ?? throw new ArgumentException($"{device.Name} has no device file", nameof(device));
        try
        {
            return Survey(device, DeviceFile.Resolve(path), search);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return LabelSurvey.Unreadable(path, failure.Message);
        }
    }

    /// <summary>As above, for the file behind the device's path.</summary>
    internal LabelSurvey Survey(NvdimmDevice device, DeviceFile file, LabelSearch search)
    {
        try
        {
            using var content = DeviceContent.Open(device, file, root);
            return new LabelScan(content, search, Offsets(search, content.Length)).Run(device.Path!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return LabelSurvey.Unreadable(device.Path!, failure.Message);
        }
    }

    internal static LabelSurvey Survey(string path, IDeviceContent content, LabelSearch search) =>
        new LabelScan(content, search, search.Offsets(content.Length)).Run(path);

    /// <summary>The offsets of a search on a device of that size in bytes.</summary>
    internal long[] Offsets(LabelSearch search, long deviceSize)
    {
        var known = last;
        if (known is null || known.DeviceSize != deviceSize || known.Search != search)
        {
            last = known = new KnownOffsets(search, deviceSize, search.Offsets(deviceSize));
        }

        return known.Offsets;
    }

    private sealed record KnownOffsets(LabelSearch Search, long DeviceSize, long[] Offsets);
}
