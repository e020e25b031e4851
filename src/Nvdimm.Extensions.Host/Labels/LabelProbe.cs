using System.Buffers;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// Reads labels back from a device: block devices and regular files by read, dax devices by a shared mapping. Opens read-only and
/// changes nothing.
/// </summary>
/// <param name="root">The folder below which <c>sys</c> is; <c>/</c>, except in tests.</param>
public sealed class LabelProbe(string root = "/")
{
    /// <summary>The largest label area that is read: 64 MiB. QEMU and libvirt set no limit; oVirt uses 128 KiB.</summary>
    public static ByteSize MaximumLabelSize => ByteSize.FromMiB(64);

    /// <summary>Looks for labels at these places. Places that are not on the device have none.</summary>
    /// <param name="path">The device file, such as <c>/dev/pmem0</c> or <c>/dev/dax0.0</c>.</param>
    /// <param name="places">Where to look; the order does not matter.</param>
    /// <returns>What is there, or why it could not be read: a missing file, missing rights, an error of the device.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label area is larger than <see cref="MaximumLabelSize"/>.</exception>
    public LabelSurvey Survey(string path, IEnumerable<LabelPlace> places)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(places);
        return Reading(path, device => Survey(path, device, places));
    }

    /// <summary>Looks for labels of that size at every place where libvirt could have had them put; see <see cref="LabelPlace.Everywhere"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label area is larger than <see cref="MaximumLabelSize"/>.</exception>
    public LabelSurvey SurveyEverywhere(string path, ByteSize labelSize)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Reading(path, device => Survey(path, device, LabelPlace.Everywhere(ByteSize.FromBytes(device.Length), labelSize)));
    }

    internal static LabelSurvey Survey(string path, IDeviceContent device, IEnumerable<LabelPlace> places)
    {
        var found = new List<FoundLabels>();
        var damaged = new List<DamagedLabels>();
        foreach (var place in places)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(place.Size, MaximumLabelSize, nameof(places));
            if (!IsSigned(device, place) || IsFound(found, place.Offset))
            {
                continue;
            }

            var buffer = ArrayPool<byte>.Shared.Rent((int)place.Size.Bytes);
            try
            {
                var bytes = buffer.AsSpan(0, (int)place.Size.Bytes);
                device.Read(place.Offset.Bytes, bytes);
                if (LabelArea.Read(bytes) is { } area)
                {
                    found.Add(new FoundLabels(place.Offset, area));
                }
                else
                {
                    damaged.Add(new DamagedLabels(place.Offset, LabelArea.HashOf(bytes)));
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        found.Sort((one, other) => one.Offset.CompareTo(other.Offset));
        return new LabelSurvey(path, ByteSize.FromBytes(device.Length), found.ToValueList(), UnreadableReason: null)
        {
            // An area of another size than was looked for is whole under its own.
            Damaged = damaged.Count == 0 ? [] : damaged.Where(labels => !IsFound(found, labels.Offset))
                .DistinctBy(labels => labels.Offset).OrderBy(labels => labels.Offset).ToValueList(),
        };
    }

    private static bool IsFound(List<FoundLabels> found, ByteSize offset) => found.Exists(labels => labels.Offset == offset);

    private static bool IsSigned(IDeviceContent device, LabelPlace place)
    {
        var isOnDevice = place.Size.Bytes >= IndexBlock.Unit && place.Offset.Bytes <= device.Length - place.Size.Bytes;
        return isOnDevice && HasSignature(device, place);
    }

    /// <summary>One read for the signatures of both indexes: in an area of 128 KiB they start at 0 and 256.</summary>
    private static bool HasSignature(IDeviceContent device, LabelPlace place)
    {
        Span<byte> head = stackalloc byte[IndexBlock.Unit + IndexBlock.Signature.Length];
        head = head[..(int)Math.Min(head.Length, place.Size.Bytes)];
        device.Read(place.Offset.Bytes, head);
        var (current, old) = LabelArea.IndexOffsets((int)place.Size.Bytes);
        return IsIndex(device, place, head, offset: 0) || IsIndex(device, place, head, current) || (old != current && IsIndex(device, place, head, old));
    }

    private static bool IsIndex(IDeviceContent device, LabelPlace place, ReadOnlySpan<byte> head, int offset) => offset <= head.Length - IndexBlock.Signature.Length
        ? head[offset..].StartsWith(IndexBlock.Signature)
        : offset <= place.Size.Bytes - IndexBlock.Unit && IsSignature(device, place.Offset.Bytes + offset);

    private static bool IsSignature(IDeviceContent device, long offset)
    {
        Span<byte> signature = stackalloc byte[IndexBlock.Signature.Length];
        device.Read(offset, signature);
        return signature.SequenceEqual(IndexBlock.Signature);
    }

    internal static byte[] Bytes(IDeviceContent device, LabelPlace place)
    {
        var bytes = new byte[place.Size.Bytes];
        device.Read(place.Offset.Bytes, bytes);
        return bytes;
    }

    private LabelSurvey Reading(string path, Func<IDeviceContent, LabelSurvey> read)
    {
        try
        {
            using var device = DeviceContent.Open(path, isWritable: false, root);
            return read(device);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return LabelSurvey.Unreadable(path, failure.Message);
        }
    }
}
