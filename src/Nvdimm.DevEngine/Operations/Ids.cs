using System.Security.Cryptography;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Ids of the objects that the API creates. They identify records of the engine, never a device or its content.</summary>
internal static class Ids
{
    /// <summary>A new id: a uuid of version 4.</summary>
    public static string New()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
