using System.IO.Compression;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Tests.Labels;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>A label area on the device of a row.</summary>
/// <param name="Offset">Where it starts, in bytes from the start of the device.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Bytes">What has to be written: the area without the zeros at its end.</param>
internal sealed record RowLabels(long Offset, long Size, byte[] Bytes)
{
    /// <summary>Whether neither of its indexes is whole.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>The parsed area; not for a damaged one.</summary>
    public LabelArea Area => field ??= Size == Bytes.Length ? LabelArea.Read(Bytes)! : Survey().Found.Single().Area;

    /// <summary>What a probe says of a damaged one.</summary>
    public DamagedLabels Damage => field ??= Survey().Damaged.Single() with { Offset = ByteSize.FromBytes(Offset) };

    /// <summary>Labels with a namespace for each cookie; without cookies one namespace.</summary>
    /// <param name="offset">Where the area starts.</param>
    /// <param name="size">Its size.</param>
    /// <param name="minor">The version: 1.1 or 1.2.</param>
    /// <param name="cookies">The cookie of each namespace.</param>
    public static RowLabels At(long offset, long size = 128 * RowNames.KiB, int minor = 2, params ulong[] cookies)
    {
        // Linux from 5.0 on: as many labels as fit beside the two indexes (LAYOUTS.md, "How large an area is").
        var label = minor >= 2 ? 256 : 128;
        var index = (72 + (((size / label) + 7) / 8) + 255) / 256 * 256;
        (Guid, string, ulong)[] named = [.. (cookies.Length == 0 ? [7UL] : cookies).Select((cookie, number) => (RowNames.Namespace(number), $"db{number}", cookie))];
        return new(offset, size, SyntheticLabels.Head((int)index, minor, (int)((size - (2 * index)) / label), named));
    }

    /// <summary>Labels whose first namespace ends there, in bytes of the guest's NVDIMM.</summary>
    public static RowLabels UpTo(long offset, long end) => Whole(offset, SyntheticLabels.AreaUpTo(2, end, (RowNames.Namespace(0), "db", 7)));

    /// <summary>What a guest of a field case or of our own captures has written.</summary>
    public static RowLabels Real(long offset, string name)
    {
        using var packed = new GZipStream(File.OpenRead(TestFiles.PathOf("labels", $"{name}.bin.gz")), CompressionMode.Decompress);
        using var area = new MemoryStream();
        packed.CopyTo(area);
        return Whole(offset, area.ToArray());
    }

    /// <summary>The signature of labels, and no whole index.</summary>
    public static RowLabels Damaged(long offset)
    {
        var whole = At(offset);
        var index = (whole.Bytes.Length - 256) / 2;
        whole.Bytes[64] ^= 1;
        whole.Bytes[index + 64] ^= 1;
        return whole with { IsDamaged = true };
    }

    private static RowLabels Whole(long offset, byte[] bytes) => new(offset, bytes.Length, bytes);

    private LabelSurvey Survey()
    {
        using var folder = new TemporaryFolder();
        var device = new NvdimmDevice { Name = "namespace0.0", Path = folder.Device(Size, (0, Bytes)) };
        return new LabelProbe().Survey(device, LabelSearch.At([new LabelPlace(ByteSize.Zero, ByteSize.FromBytes(Size))]));
    }
}
