using System.Buffers;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// Reads what a device contains besides NVDIMM labels: the first 68 KiB, and at most 128 KiB before each relevant end. It opens read-only
/// and changes nothing. It does not open a dax device with bad blocks (<see cref="LabelProbe"/>).
/// </summary>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
public sealed class ContentProbe(string root = "/")
{
    /// <summary>Reads a device.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="guestSizes">
    /// The sizes with which a guest could have seen the device, planned and recorded: a guest writes to the end of its device. Sizes above
    /// the device's own and duplicates cost nothing; the device's own end is always read.
    /// </param>
    /// <returns>
    /// The content, or why the device could not be read: a missing file, missing rights, an error of the device, known bad blocks of a dax
    /// device.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The device has no path.</exception>
    public ContentSurvey Survey(NvdimmDevice device, IEnumerable<ByteSize> guestSizes)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(guestSizes);
        var path = device.Path ?? throw new ArgumentException($"{device.Name} has no device file", nameof(device));
        try
        {
            using var content = DeviceContent.Open(device, isWritable: false, root);
            return Survey(path, content, guestSizes, device.SectorSize);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ContentSurvey.Unreadable(path, failure.Message);
        }
    }

    /// <summary>As above on an open device: one read at the start, and one before each end.</summary>
    /// <exception cref="IOException">The device cannot be read.</exception>
    internal static ContentSurvey Survey(string path, IDeviceContent device, IEnumerable<ByteSize> guestSizes, ByteSize? sectorSize = null)
    {
        var deviceSize = ByteSize.FromBytes(device.Length);
        var contents = new List<FoundContent>();
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(ContentParser.HeadSize, ContentParser.TailSize));
        try
        {
            var head = buffer.AsSpan(0, (int)Math.Min(ContentParser.HeadSize, device.Length));
            device.Read(0, head);
            ContentParser.ReadHead(head, sectorSize, contents);
            var isZero = !head.ContainsAnyExcept((byte)0);
            foreach (var end in guestSizes.Append(deviceSize).Distinct().Where(size => size > ByteSize.Zero && size <= deviceSize))
            {
                var start = ContentParser.TailStart(end);
                var tail = buffer.AsSpan(0, (int)(end.Bytes - start));
                device.Read(start, tail);
                ContentParser.ReadTail(tail, end, contents);
            }

            var whole = ContentParser.Resolve(contents);
            return new ContentSurvey
            {
                Path = path,
                DeviceSize = deviceSize,
                Found = whole,
                IsBlank = isZero && whole.Count == 0,
                UnreadableReason = null,
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
