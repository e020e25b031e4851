using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// The custom ids of posted findings. The engine takes an id of an origin once and for all, so that it is the engine that knows what was posted: an id
/// stands for a finding on one day. What still holds on the next day, or holds again, is posted again.
/// </summary>
internal static class EventId
{
    /// <summary>Not negative; the same for the same code about the same host, VM and device on the same day.</summary>
    public static int Of(AuditFinding finding, DateOnly day)
    {
        var text = $"{finding.Finding.Code}\n{finding.Host?.Id}\n{finding.VmId}\n{finding.Device}\n{day:O}";
        return BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & int.MaxValue;
    }
}
