using System.Buffers.Binary;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The interleave-set cookie in the labels of a POWER guest.</summary>
internal static class LabelCookie
{
    /// <summary>
    /// The cookie that a POWER guest writes into labels on an NVDIMM with this uuid: bytes 8 to 15 of the uuid for labels from version 1.2
    /// on, bytes 0 to 7 for older ones, unchanged. Measured with Linux 6.1 guests on pseries (QEMU 7.2).
    /// </summary>
    /// <param name="guestUuid">The uuid that the guest sees.</param>
    /// <param name="area">The labels, for their version.</param>
    /// <exception cref="ArgumentNullException"><paramref name="area"/> is null.</exception>
    public static ulong Of(Guid guestUuid, LabelArea area)
    {
        ArgumentNullException.ThrowIfNull(area);
        return BinaryPrimitives.ReadUInt64LittleEndian(guestUuid.ToByteArray(bigEndian: true).AsSpan(OffsetIn(area)));
    }

    /// <summary>
    /// The uuid with which a POWER guest accepts labels as its own: the given uuid with the labels' cookie in place of one half. Labels of
    /// that version do not contain the other half.
    /// </summary>
    /// <param name="guestUuid">The uuid for the other half. It is returned unchanged if its own cookie is that of the labels.</param>
    /// <param name="area">The labels. If they have no cookie, or several, the uuid is returned unchanged: no uuid suits them all.</param>
    /// <exception cref="ArgumentNullException"><paramref name="area"/> is null.</exception>
    public static Guid Restore(Guid guestUuid, LabelArea area)
    {
        ArgumentNullException.ThrowIfNull(area);
        if (area.Cookies is not [var cookie])
        {
            return guestUuid;
        }

        var bytes = guestUuid.ToByteArray(bigEndian: true);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(OffsetIn(area)), cookie);
        return new Guid(bytes, bigEndian: true);
    }

    private static int OffsetIn(LabelArea area) => area.Major > 1 || area.Minor >= 2 ? 8 : 0;
}
