using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// Compares uuids. Guid's own hash is known to everybody, so that a hostile listing could make all of its uuids collide; this one is
/// seeded in every process.
/// </summary>
internal sealed class UuidComparer : IEqualityComparer<Guid?>
{
    public static UuidComparer Instance { get; } = new();

    public bool Equals(Guid? x, Guid? y) => x == y;

    public int GetHashCode(Guid? obj)
    {
        var uuid = obj.GetValueOrDefault();
        var halves = MemoryMarshal.Cast<Guid, long>(new ReadOnlySpan<Guid>(in uuid));
        return HashCode.Combine(halves[0], halves[1]);
    }
}
