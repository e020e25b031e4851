using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Computes the custom ids of posted findings. The engine accepts each custom id of an origin only once, so the engine itself remembers
/// what was posted. An id stands for a finding on one day: a finding that still holds on the next day is posted again.
/// </summary>
internal static class EventId
{
    /// <summary>A number that is not negative, and equal for the same code, host, VM, device and day.</summary>
    public static int Of(AuditFinding finding, DateOnly day)
    {
        var text = $"{finding.Finding.Code}\n{finding.Host?.Id}\n{finding.VmId}\n{finding.Device}\n{day:O}";
        return BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & int.MaxValue;
    }
}
