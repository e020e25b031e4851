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
        return BinaryPrimitives.ReadUInt64LittleEndian(guestUuid.ToByteArray(bigEndian: true).AsSpan(OffsetIn(area)));
    }

    /// <summary>
    /// The uuid with which a POWER guest takes labels for its own: the given one with their cookie in its place. The other half of a uuid is
    /// nothing that labels of that version know.
    /// </summary>
    /// <param name="guestUuid">The uuid for the other half; it comes back where its own cookie is theirs.</param>
    /// <param name="area">The labels. Where they have no cookie, or several, the uuid stays as it is: no uuid suits them all.</param>
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
