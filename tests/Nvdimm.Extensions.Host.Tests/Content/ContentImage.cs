using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Extensions.Host.Tests.Content;

/// <summary>Superblocks that no program makes on a file, or not as they are needed: built by the kernel's headers, and checked with real programs.</summary>
internal static class ContentImage
{
    /// <summary>What <c>pvcreate</c> (LVM 2.03.16) has written into sector 1 of a device of 64 MiB; zeros follow.</summary>
    private static readonly byte[] PhysicalVolume = Convert.FromHexString(
        "4c4142454c4f4e4501000000000000008327c70b200000004c564d32203030316c4c31684c386a51347934457756326b31714c317154527737316c55" +
        "4731726b00000004000000000000100000000000000000000000000000000000000000000000000000000000001000000000000000f00f0000000000" +
        "0000000000000000000000000000000002");

    /// <summary>The sector of a physical volume of 64 MiB.</summary>
    public static byte[] Lvm() => Padded(PhysicalVolume, 512);

    /// <summary>The superblock of a member of a RAID, metadata 1.x, at a sector.</summary>
    public static byte[] Md(long superSector, long dataSector, long dataSectors)
    {
        var block = new byte[256 + 4];
        Put32(block, 0, 0xA92B4EFC);
        Put32(block, 4, 1);
        Uuid(1).CopyTo(block, 16);
        "host:backup"u8.CopyTo(block.AsSpan(32));
        Put32(block, 72, 1);
        Put64(block, 80, (ulong)dataSectors);
        Put32(block, 92, 2);
        Put64(block, 128, (ulong)dataSector);
        Put64(block, 136, (ulong)dataSectors);
        Put64(block, 144, (ulong)superSector);
        Put32(block, 220, 2);
        Put32(block, 216, ContentChecksum.Sum32(block, 216, isBigEndian: false));
        return block;
    }

    /// <summary>The superblock of metadata 0.90, for a member of which so many bytes are used.</summary>
    public static byte[] OldMd(long used, bool isBigEndian)
    {
        var block = new byte[4096];
        var uuid = new[] { (5, 0x04030201U), (13, 0x08070605U), (14, 0x0C0B0A09U), (15, 0x100F0E0DU) };
        foreach (var (word, value) in new[] { (0, 0xA92B4EFC), (2, 90U), (7, 1U), (8, (uint)(used >> 10)), (9, 2U), (10, 2U) }.Concat(uuid))
        {
            Put32(block, 4 * word, isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        }

        var sum = ContentChecksum.Sum32(block, 152, isBigEndian);
        Put32(block, 152, isBigEndian ? BinaryPrimitives.ReverseEndianness(sum) : sum);
        return block;
    }

    /// <summary>The info block of a BTT's arena that begins where the block is and has so many bytes.</summary>
    public static byte[] Btt(ulong arena, ulong next = 0)
    {
        var block = new byte[4096];
        "BTT_ARENA_INFO"u8.CopyTo(block);
        Uuid(1).CopyTo(block, 16);
        Uuid(2).CopyTo(block, 32);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(52), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(54), 1);
        Put64(block, 80, next);
        Put64(block, 88, 4096);
        Put64(block, 112, arena - 4096);
        return WithFletcher(block);
    }

    /// <summary>The info block again with its checksum.</summary>
    public static byte[] WithFletcher(byte[] block)
    {
        Put64(block, 4088, Fletcher64.Sum(block, 4088));
        return block;
    }

    /// <summary>A real header of LUKS2 (16 KiB) in which a text is another one, with its checksum.</summary>
    public static byte[] Luks2(byte[] header, string old, string other)
    {
        var json = Encoding.UTF8.GetString(header.AsSpan(4096)).TrimEnd('\0');
        Assert.That(json, Does.Contain(old));
        byte[] changed = [.. header[..4096], .. Padded(Encoding.UTF8.GetBytes(json.Replace(old, other, StringComparison.Ordinal)), header.Length - 4096)];
        changed.AsSpan(448, 64).Clear();
        SHA256.HashData(changed).CopyTo(changed, 448);
        return changed;
    }

    public static void Put32(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);

    public static void Put64(byte[] bytes, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), value);

    /// <summary>16 bytes that count up from a number.</summary>
    private static byte[] Uuid(byte first) => [.. Enumerable.Range(first, 16).Select(value => (byte)value)];

    private static byte[] Padded(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
