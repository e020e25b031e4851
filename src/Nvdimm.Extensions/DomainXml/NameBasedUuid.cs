using System.Text;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Creates UUIDs of version 5 (RFC 9562, section 5.5).</summary>
internal static class NameBasedUuid
{
    private const int UuidLength = 16;

    /// <summary>The UUID of a name, in UTF-8, under a namespace.</summary>
    public static Guid Create(Guid space, string name)
    {
        var hash = Sha1.Of([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, UuidLength), bigEndian: true);
    }
}
