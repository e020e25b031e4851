using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A label that a guest has written for one of its namespaces.</summary>
public sealed record NamespaceLabel
{
    /// <summary>The uuid of the guest's namespace.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The name that the guest gave the namespace; empty for none.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The interleave-set cookie (<c>isetcookie</c>); on POWER eight bytes of the uuid that the guest saw its NVDIMM with.
    /// </summary>
    public required ulong Cookie { get; init; }

    /// <summary>
    /// The end of the namespace, or of this part of it, in the guest's NVDIMM, in bytes (<c>dpa</c> + <c>rawsize</c>); 2^63 - 1 for
    /// anything beyond.
    /// </summary>
    public required ByteSize End { get; init; }

    private const int NameLength = 64;

    /// <summary>The cookie as sixteen hexadecimal digits in byte order, so that it reads like the half of a uuid.</summary>
    public string CookieText => BinaryPrimitives.ReverseEndianness(Cookie).ToString("x16", CultureInfo.InvariantCulture);

    private static ByteSize EndOf(UInt128 start, ulong size) => ByteSize.FromBytes((long)UInt128.Min(start + size, long.MaxValue));

    // Linux v6.1 drivers/nvdimm/label.h, struct nd_namespace_label: uuid at 0, name at 16, isetcookie at 88, dpa at 104, rawsize at 112,
    // slot at 120; in a label of 256 bytes a checksum at 248. drivers/nvdimm/label.c, slot_valid: the label contains its own slot number.
    internal static NamespaceLabel? Read(ReadOnlySpan<byte> label, int slot)
    {
        var hasChecksum = label.Length == 256;
        if (BinaryPrimitives.ReadUInt32LittleEndian(label[120..]) != slot
            || (hasChecksum && Fletcher64.Sum(label, 248) != BinaryPrimitives.ReadUInt64LittleEndian(label[248..])))
        {
            return null;
        }

        var name = label.Slice(16, NameLength);
        var end = name.IndexOf((byte)0);
        return new NamespaceLabel
        {
            Uuid = new Guid(label[..16], bigEndian: true),
            Name = Encoding.UTF8.GetString(end < 0 ? name : name[..end]),
            Cookie = BinaryPrimitives.ReadUInt64LittleEndian(label[88..]),
            End = EndOf(BinaryPrimitives.ReadUInt64LittleEndian(label[104..]), BinaryPrimitives.ReadUInt64LittleEndian(label[112..])),
        };
    }
}
