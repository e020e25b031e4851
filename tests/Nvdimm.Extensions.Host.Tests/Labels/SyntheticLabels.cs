using System.Buffers.Binary;
using System.Text;

namespace Nvdimm.Extensions.Host.Tests.Labels;

/// <summary>Label areas with right checksums, written from the published struct layout and not with the code under test.</summary>
internal static class SyntheticLabels
{
    public static byte[] Area(int minor, params (Guid Uuid, string Name, ulong Cookie)[] labels) => Area(128 << 10, minor, labels);

    /// <summary>The same, with the first label's namespace from 4 KiB up to that end; below zero for one beyond all numbers.</summary>
    public static byte[] AreaUpTo(int minor, long end, params (Guid Uuid, string Name, ulong Cookie)[] labels)
    {
        var area = Area(minor, labels);
        var first = area.AsSpan(BinaryPrimitives.ReadUInt16LittleEndian(area.AsSpan(32)) * 2, minor >= 2 ? 256 : 128);
        BinaryPrimitives.WriteUInt64LittleEndian(first[104..], 4096);
        BinaryPrimitives.WriteUInt64LittleEndian(first[112..], unchecked((ulong)(end - 4096)));
        if (minor >= 2)
        {
            Seal(first, 248);
        }

        return area;
    }

    public static byte[] Area(int size, int minor, params (Guid Uuid, string Name, ulong Cookie)[] labels)
    {
        var labelSize = minor >= 2 ? 256 : 128;
        var slots = size / (labelSize + 1);
        var indexSize = (72 + ((slots + 7) / 8) + 255) / 256 * 256;
        slots = Math.Min(slots, (size - (2 * indexSize)) / labelSize);
        var area = new byte[size];
        Head(indexSize, minor, slots, labels).CopyTo(area, 0);
        return area;
    }

    /// <summary>Both indexes and the labels, without the zeros that follow.</summary>
    public static byte[] Head(int indexSize, int minor, int slots, params (Guid Uuid, string Name, ulong Cookie)[] labels)
    {
        var labelSize = minor >= 2 ? 256 : 128;
        var area = new byte[(2 * indexSize) + (labels.Length * labelSize)];
        for (var slot = 0; slot < labels.Length; slot++)
        {
            Label(area.AsSpan((2 * indexSize) + (slot * labelSize), labelSize), slot, labels[slot]);
        }

        Index(area.AsSpan(0, indexSize), 0, 1, minor, slots, labels.Length);
        Index(area.AsSpan(indexSize, indexSize), 1, 2, minor, slots, labels.Length);
        return area;
    }

    public static void Seal(Span<byte> bytes, int at)
    {
        bytes.Slice(at, 8).Clear();
        uint low = 0;
        uint high = 0;
        for (var word = 0; word < bytes.Length; word += 4)
        {
            low = unchecked(low + BinaryPrimitives.ReadUInt32LittleEndian(bytes[word..]));
            high = unchecked(high + low);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], low);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[(at + 4)..], high);
    }

    private static void Index(Span<byte> index, int number, uint sequence, int minor, int slots, int used)
    {
        Encoding.ASCII.GetBytes("NAMESPACE_INDEX").CopyTo(index);
        index[19] = (byte)(minor >= 2 ? 1 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(index[20..], sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(index[24..], (ulong)(number * index.Length));
        BinaryPrimitives.WriteUInt64LittleEndian(index[32..], (ulong)index.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(index[40..], (ulong)((1 - number) * index.Length));
        BinaryPrimitives.WriteUInt64LittleEndian(index[48..], (ulong)(2 * index.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(index[56..], (uint)slots);
        BinaryPrimitives.WriteUInt16LittleEndian(index[60..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(index[62..], (ushort)minor);
        for (var slot = used; slot < slots; slot++)
        {
            index[72 + (slot / 8)] |= (byte)(1 << (slot % 8));
        }

        Seal(index, 64);
    }

    private static void Label(Span<byte> bytes, int slot, (Guid Uuid, string Name, ulong Cookie) label)
    {
        label.Uuid.ToByteArray(bigEndian: true).CopyTo(bytes);
        Encoding.UTF8.GetBytes(label.Name).CopyTo(bytes[16..]);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[84..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[88..], label.Cookie);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[120..], (uint)slot);
        if (bytes.Length == 256)
        {
            Seal(bytes, 248);
        }
    }
}
