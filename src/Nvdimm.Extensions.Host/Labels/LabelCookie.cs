using System.Buffers.Binary;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The cookie that a POWER guest's labels carry.</summary>
public static class LabelCookie
{
    /// <summary>
    /// The cookie of labels that a POWER guest writes on an NVDIMM with this uuid: bytes 8 to 15 of the uuid for labels from version 1.2
    /// on, bytes 0 to 7 before, as they are. Measured with Linux 6.1 guests on pseries (QEMU 7.2).
    /// </summary>
    /// <param name="guestUuid">The uuid that the guest sees.</param>
    /// <param name="area">The labels, for their version.</param>
    /// <exception cref="ArgumentNullException"><paramref name="area"/> is null.</exception>
    public static ulong Of(Guid guestUuid, LabelArea area)
    {
        ArgumentNullException.ThrowIfNull(area);
        var isSecondHalf = area.Major > 1 || area.Minor >= 2;
        return BinaryPrimitives.ReadUInt64LittleEndian(guestUuid.ToByteArray(bigEndian: true).AsSpan(isSecondHalf ? 8 : 0));
    }
}
