using System.Buffers;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Extensions.Host.Content;

/// <summary>
/// Reads what a device holds beside NVDIMM labels: the first 68 KiB, and at most 128 KiB before each end that matters. Opens read-only and
/// changes nothing. A dax device with bad blocks is not opened (<see cref="LabelProbe"/>).
/// </summary>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
public sealed class ContentProbe(string root = "/")
{
    /// <summary>Reads a device.</summary>
    /// <param name="device">The device; it needs a path.</param>
    /// <param name="guestSizes">
    /// Sizes that a guest could have seen the device with, planned and recorded: what a guest puts at the end of its device is there. Sizes
    /// above the device's, and those that stand twice, cost nothing; the device's own end is always looked at.
    /// </param>
    /// <returns>What is there, or why it could not be read: a missing file, missing rights, an error of the device, known bad blocks of a dax device.</returns>
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

    /// <summary>The same on an open device: one read at the start, and one before each end.</summary>
    /// <exception cref="IOException">The device cannot be read.</exception>
    internal static ContentSurvey Survey(string path, IDeviceContent device, IEnumerable<ByteSize> guestSizes, ByteSize? sectorSize = null)
    {
        var deviceSize = ByteSize.FromBytes(device.Length);
        var found = new List<FoundContent>();
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(ContentParser.HeadSize, ContentParser.TailSize));
        try
        {
            var head = buffer.AsSpan(0, (int)Math.Min(ContentParser.HeadSize, device.Length));
            device.Read(0, head);
            ContentParser.ReadHead(head, sectorSize, found);
            var isZero = !head.ContainsAnyExcept((byte)0);
            foreach (var end in guestSizes.Append(deviceSize).Distinct().Where(size => size > ByteSize.Zero && size <= deviceSize))
            {
                var start = ContentParser.TailStart(end);
                var tail = buffer.AsSpan(0, (int)(end.Bytes - start));
                device.Read(start, tail);
                ContentParser.ReadTail(tail, end, found);
            }

            var whole = ContentParser.Resolve(found);
            return new ContentSurvey(path, deviceSize, whole, isZero && whole.Count == 0, UnreadableReason: null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
