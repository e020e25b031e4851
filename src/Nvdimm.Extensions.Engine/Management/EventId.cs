using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>A number that tells findings apart.</summary>
internal static class EventId
{
    /// <summary>Not negative; the same for the same code about the same host, VM and device.</summary>
    public static int Of(AuditFinding finding)
    {
        var text = $"{finding.Finding.Code}\n{finding.Host?.Id}\n{finding.VmId}\n{finding.Device}";
        return BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & int.MaxValue;
    }
}
