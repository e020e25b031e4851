using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Fuzzing.Shared;

namespace Nvdimm.Fuzzing.Targets;

/// <summary>
/// The label probe. An input is the start of a label area, zeros follow; its first four bytes, which stand before it, say how large an
/// area is asked about and where it is on the device.
/// </summary>
internal sealed class LabelsTarget : FuzzTarget, IDisposable
{
    private const int Prefix = 4;
    private const int Usual = 128 << 10;
    private const int LabelsAt = 512;

    private const int Small = 4096;

    private static readonly int[] Sizes = [Small, Usual, 256, 512, 768, 1024, Small - 1, 2 * Small, 20_000, 33_024, 1280, Usual + 256, 255, 100, 3, 768];
    private static readonly long[] Offsets = [0, 1, 256, 4096, (2 << 20) - Usual, (2 << 20) - Small, (4 << 20) - Usual, (4 << 20) - 1];

    private readonly TemporaryFolder folder = new();
    private readonly LabelProbe probe = new();
    private readonly NvdimmDevice listed;
    private readonly FileStream device;

    /// <summary>What is on the device.</summary>
    private readonly byte[] mirror = new byte[4 << 20];
    private (long Offset, int Length) written;

    public LabelsTarget()
    {
        listed = new NvdimmDevice { Name = "fuzzed", Path = folder.Device(mirror.Length) };
        device = new FileStream(listed.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
    }

    public override string Name => "labels";

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        "NAMESPACE_INDEX\0"u8.ToArray(), new byte[8], new byte[64], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0, 1, 0, 0, 0, 0, 0, 0],
        [0, 2, 0, 0, 0, 0, 0, 0], [0, 3, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0x80], [1, 0, 0, 0], [2, 0, 0, 0], [3, 0, 0, 0], "\u00e9"u8.ToArray(), [0xC3],
    ];

    public override IReadOnlyList<(byte[] Open, byte[] Close)> Wrappings { get; } = [(new byte[256], []), ([], new byte[256])];

    // The area and its hash are read for any input, however short.
    protected override long AllocatedPerByte => 1000;

    public override IEnumerable<byte[]> Samples()
    {
        foreach (var file in Directory.EnumerateFiles(TestFiles.PathOf("labels"), "*.bin.gz").Order(StringComparer.Ordinal))
        {
            using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            var area = new byte[Small];
            packed.ReadExactly(area);
            yield return [1, 4, 0, 0, .. area];

            // The same labels where there is room for fewer of them, which is read much faster.
            foreach (var index in new[] { 0, 256 })
            {
                BinaryPrimitives.WriteUInt32LittleEndian(area.AsSpan(index + 56), (Small - LabelsAt) / 256);
                Seal(area.AsSpan(index, 256), 64);
            }

            yield return [0, 0, 0, 0, .. area[..1280]];
            yield return [0, 5, 0, 0, .. area[..1280]];
        }
    }

    public override void FindParts(byte[] input, List<InputPart> parts)
    {
        foreach (var (index, label) in new[] { (0, 0), (256, 1) })
        {
            foreach (var (at, length) in new[] { (16, 3), (19, 1), (20, 4), (24, 8), (32, 8), (40, 8), (48, 8), (56, 4), (60, 2), (62, 2), (64, 8), (72, 64), (0, 256) })
            {
                Add(index + at, length);
            }

            foreach (var (at, length) in new[] { (0, 16), (16, 64), (80, 4), (84, 2), (86, 2), (88, 8), (96, 8), (104, 8), (112, 8), (120, 4), (248, 8), (0, 256), (0, 128) })
            {
                Add(LabelsAt + (label * 256) + at, length);
            }
        }

        void Add(int at, int length)
        {
            if (Prefix + at + length <= input.Length)
            {
                parts.Add(new InputPart(Prefix + at, length));
            }
        }
    }

    /// <summary>Mostly seals what was changed: an index or a label with a wrong checksum is not looked at any further.</summary>
    public override byte[] Repair(byte[] input, FuzzNumbers numbers)
    {
        var result = (byte[])input.Clone();
        var area = result.AsSpan(Math.Min(Prefix, result.Length));
        var choice = numbers.Below(4);
        if (choice == 0 || area.Length < LabelsAt)
        {
            return result;
        }

        var second = 256 * (1 + (numbers.Below(8) == 0 ? numbers.Below(4) : 0));
        Seal(area[..Math.Min(second, area.Length)], 64);
        Seal(area[Math.Min(second, area.Length)..Math.Min(2 * second, area.Length)], 64);
        for (var at = 2 * second; choice == 1 && at + 256 <= area.Length; at += 256)
        {
            Seal(area.Slice(at, 256), 248);
        }

        return result;
    }

    public void Dispose()
    {
        device.Dispose();
        folder.Dispose();
    }

    protected override void Read(byte[] input)
    {
        var head = input.Length < Prefix ? new byte[Prefix] : input[..Prefix];
        var size = Sizes[head[0] % Sizes.Length];
        var offset = Offsets[head[1] % Offsets.Length];
        var content = input.AsSpan(Math.Min(Prefix, input.Length));
        Write(offset, content[..(int)Math.Min(content.Length, device.Length - offset)]);

        var place = new LabelPlace(ByteSize.FromBytes(offset), ByteSize.FromBytes(size));
        var survey = probe.Survey(listed, LabelSearch.At([place, new LabelPlace(ByteSize.FromBytes(device.Length), place.Size), place]));
        Must.Hold(survey.IsReadable && survey.DeviceSize?.Bytes == device.Length, "another device than the one that was asked for");
        Must.Hold(survey.At(place.Offset) is not null == LabelOracle.IsLabelArea(mirror.AsSpan((int)offset)), "labels that are none, or none where some are");
        CheckFound(survey);
        if (input.Length % 4 == 0)
        {
            CheckFound(probe.Survey(listed, LabelSearch.Everywhere));
        }
    }

    private void Write(long offset, ReadOnlySpan<byte> content)
    {
        device.Position = written.Offset;
        device.Write(new byte[written.Length]);
        mirror.AsSpan((int)written.Offset, written.Length).Clear();
        device.Position = offset;
        device.Write(content);
        content.CopyTo(mirror.AsSpan((int)offset));
        written = (offset, content.Length);
    }

    private void CheckFound(LabelSurvey survey)
    {
        foreach (var found in survey.Found)
        {
            Must.Hold(found.Offset.Bytes >= 0 && found.Offset.Bytes + found.Area.Size.Bytes <= device.Length, "an area that is not on the device");
            var bytes = mirror.AsSpan((int)found.Offset.Bytes);
            Must.Hold(LabelOracle.IsLabelArea(bytes), "an area without a valid index");
            var area = bytes[..(int)found.Area.Size.Bytes];
            Must.Hold(found.Area.Hash == Convert.ToHexStringLower(SHA256.HashData(area)), "the hash of other bytes");
            foreach (var label in found.Area.Labels)
            {
                Must.Hold(LabelOracle.HasLabel(area, label.Uuid, label.Cookie), "a label that is not in the area");
            }
        }
    }

    private static void Seal(Span<byte> bytes, int at)
    {
        if (bytes.Length % 4 == 0 && bytes.Length >= at + 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], LabelOracle.Checksum(bytes, at));
        }
    }
}
