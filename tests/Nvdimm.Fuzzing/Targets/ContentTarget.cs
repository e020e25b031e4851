using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Fuzzing.Shared;

namespace Nvdimm.Fuzzing.Targets;

/// <summary>
/// The content probe. An input is a piece of a device on which zeros are otherwise; its first two bytes, which stand before it, say where it
/// is and how large the device is.
/// </summary>
internal sealed class ContentTarget : FuzzTarget, IDisposable
{
    private const int Prefix = 2;
    private const int LargestPiece = 16 << 10;
    private const long Largest = 4 << 20;
    private const uint Crc32 = 0xEDB88320;
    private const uint Crc32C = 0x82F63B78;

    private static readonly long[] Offsets =
    [
        0, 512, 1024, 4096, 16 << 10, 64 << 10, Largest - 512, Largest - 4096, Largest - (8 << 10), Largest - (64 << 10),
    ];

    private static readonly long[] Sizes =
    [
        Largest, Largest, Largest, Largest - 512, 128 << 10, (68 << 10) + 1, 68 << 10, 66 << 10, 6 << 10, 4 << 10, 600, 512, 511, 1,
    ];

    /// <summary>The checksums of the formats: offset and length of the bytes on the device, where among them the sum is, and how it is made.</summary>
    private static readonly (long Offset, int Length, int At, Func<byte[], int, ulong> Sum, int Size)[] Seals =
    [
        (1024, 0x3FC, 0x3FC, (bytes, _) => Crc(bytes, Crc32C, uint.MaxValue), 4),
        (0, 512, 224, (bytes, at) => ~Crc(Cleared(bytes, at, 4), Crc32C, uint.MaxValue), 4),
        ((64 << 10) + 32, 4096 - 32, -32, (bytes, _) => ~Crc(bytes, Crc32C, uint.MaxValue), 4),
        (1024, 3068, 3068, (bytes, _) => Crc(bytes, Crc32, 0xF2F52010), 4),
        (512 + 20, 512 - 20, -4, (bytes, _) => Crc(bytes, Crc32, 0xF597A6CF), 4),
        (512, 92, 16, (bytes, at) => ~Crc(Cleared(bytes, at, 4), Crc32, uint.MaxValue), 4),
        (Largest - 512, 92, 16, (bytes, at) => ~Crc(Cleared(bytes, at, 4), Crc32, uint.MaxValue), 4),
        (4096, 260, 216, (bytes, at) => Words(Cleared(bytes, at, 4)), 4),
        (0, 256, 216, (bytes, at) => Words(Cleared(bytes, at, 4)), 4),
        (Largest - (8 << 10), 256, 216, (bytes, at) => Words(Cleared(bytes, at, 4)), 4),
        (Largest - (64 << 10), 4096, 152, (bytes, at) => Words(Cleared(bytes, at, 4)), 4),
        (4096, 4096, 4088, (bytes, at) => LabelOracle.Checksum(bytes, at), 8),
        (0, 4096, 4088, (bytes, at) => LabelOracle.Checksum(bytes, at), 8),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly ContentProbe probe = new();
    private readonly string path;
    private readonly FileStream device;
    private (long Offset, int Length) written;

    public ContentTarget()
    {
        path = folder.Device(Largest);
        device = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
    }

    public override string Name => "content";

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. new[]
        {
            "XFSB", "_BHRfS_M", "LABELONE", "LVM2 001", "SWAPSPACE2", "SWAP-SPACE", "S1SUSPEND\0", "EFI PART", "NTFS    ", "EXFAT   ", "FAT16   ",
            "NVDIMM_PFN_INFO\0", "NVDIMM_DAX_INFO\0", "BTT_ARENA_INFO\0\0", "\"size\":\"dynamic\"", "\"size\":\"9223372036854775807\"",
            "\"offset\":\"-1\"", "\u202e", "\u001b[",
        }.Select(Encoding.UTF8.GetBytes),
        [0x53, 0xEF], [0x10, 0x20, 0xF5, 0xF2], [0x4C, 0x55, 0x4B, 0x53, 0xBA, 0xBE, 0, 1], [0x53, 0x4B, 0x55, 0x4C, 0xBA, 0xBE, 0, 2],
        [0xFC, 0x4E, 0x2B, 0xA9], [0xA9, 0x2B, 0x4E, 0xFC], [0x55, 0xAA], new byte[8], new byte[64], [0xFF, 0xFF, 0xFF, 0xFF],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0, 0, 0, 0, 0x80], [0x80], [1, 0, 0, 0],
    ];

    public override IReadOnlyList<(byte[] Open, byte[] Close)> Wrappings { get; } =
    [
        (new byte[512], []), ("{\"segments\":"u8.ToArray(), "}"u8.ToArray()), ("{\"0\":"u8.ToArray(), "}"u8.ToArray()),
    ];

    protected override long AllocatedPerByte => 200;

    public override IEnumerable<byte[]> Samples()
    {
        foreach (var file in Directory.EnumerateFiles(TestFiles.PathOf("content"), "*.bin.gz").Order(StringComparer.Ordinal))
        {
            using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            using var head = new MemoryStream();
            packed.CopyTo(head);
            var bytes = head.ToArray();
            var first = Array.FindIndex(bytes, value => value != 0);
            var place = Array.FindLastIndex(Offsets, offset => offset <= first);
            yield return [(byte)place, 0, .. Trimmed(bytes.AsSpan((int)Offsets[place]))];
            if (place == 0)
            {
                // The first sectors alone are read faster, and more of their bytes matter.
                yield return [0, 0, .. Trimmed(bytes.AsSpan(0, 1024))];
            }
        }
    }

    public override void FindParts(byte[] input, List<InputPart> parts)
    {
        for (var at = Prefix; at + 8 <= Math.Min(input.Length, Prefix + 256); at += 8)
        {
            parts.Add(new InputPart(at, 8));
            parts.Add(new InputPart(at, 4));
            parts.Add(new InputPart(at + 4, 4));
        }
    }

    /// <summary>Mostly seals what was changed: a superblock with a wrong checksum is not looked at any further.</summary>
    public override byte[] Repair(byte[] input, FuzzNumbers numbers)
    {
        if (input.Length <= Prefix || numbers.Below(4) == 0)
        {
            return input;
        }

        var result = (byte[])input.Clone();
        var offset = Offsets[result[0] % Offsets.Length];
        foreach (var seal in Seals)
        {
            var start = seal.Offset - offset;
            if (start + Math.Min(0, seal.At) >= 0 && start + Math.Max(seal.Length, seal.At + seal.Size) <= result.Length - Prefix && numbers.Below(2) == 0)
            {
                var bytes = result.AsSpan(Prefix + (int)start, seal.Length).ToArray();
                var sum = seal.Sum(bytes, seal.At);
                var target = result.AsSpan(Prefix + (int)start + seal.At, seal.Size);
                if (seal.Size == 8)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(target, sum);
                }
                else
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(target, unchecked((uint)sum));
                }
            }
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
        byte[] prefix = input.Length < Prefix ? new byte[Prefix] : input[..Prefix];
        var size = Sizes[prefix[1] % Sizes.Length];
        Write(Offsets[prefix[0] % Offsets.Length], input.AsSpan(Math.Min(Prefix, input.Length)), size);

        ByteSize[] guestSizes = [ByteSize.FromBytes(Largest), ByteSize.FromBytes(Largest - 512), ByteSize.FromBytes(3), ByteSize.Zero];
        var survey = probe.Survey(new NvdimmDevice { Name = "content", Path = path }, guestSizes);
        Must.Hold(survey.IsReadable && survey.DeviceSize?.Bytes == size, "another device than the one that was asked for");
        Must.Hold(!survey.IsBlank || survey.Found.Count == 0, "a blank device that holds something");
        Must.Hold(survey.Found.Distinct().Count() == survey.Found.Count, "the same content twice");
        foreach (var content in survey.Found)
        {
            Must.Hold(content.End is null || (!content.IsDamaged && content.End > ByteSize.Zero), "an end of what cannot be believed, or none");
            Must.Hold(content.LargestFit is null || content.LargestFit >= content.End, "content that fits nowhere");
            Must.Hold($"{content}".EnumerateRunes().All(IsHarmless), "a name that steers a terminal");
            Must.Hold((content.Uuid + content.ParentUuid).All(IsOfId), "a uuid that is none");
        }
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format);

    private static bool IsOfId(char character) => character is '-' or '!' or '#' || char.IsAsciiLetterOrDigit(character);

    private void Write(long offset, ReadOnlySpan<byte> content, long size)
    {
        device.SetLength(Largest);
        device.Position = written.Offset;
        device.Write(new byte[written.Length]);
        content = content[..(int)Math.Min(content.Length, Largest - offset)];
        device.Position = offset;
        device.Write(content);
        device.SetLength(size);
        written = (offset, content.Length);
    }

    private static byte[] Trimmed(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(LargestPiece, bytes.LastIndexOfAnyExcept((byte)0) + 1)].ToArray();

    private static byte[] Cleared(byte[] bytes, int at, int length)
    {
        bytes.AsSpan(at, length).Clear();
        return bytes;
    }

    private static uint Crc(byte[] bytes, uint polynomial, uint seed)
    {
        foreach (var value in bytes)
        {
            seed ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                seed = (seed & 1) == 0 ? seed >> 1 : (seed >> 1) ^ polynomial;
            }
        }

        return seed;
    }

    private static ulong Words(byte[] bytes)
    {
        var sum = 0UL;
        for (var at = 0; at + 4 <= bytes.Length; at += 4)
        {
            sum += BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        }

        return sum + (sum >> 32);
    }
}
