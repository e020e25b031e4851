using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// Compares UUIDs. The hash of <c>Guid</c> is public, so a hostile listing could make all of its UUIDs collide; this hash has another seed
/// in each process. Safe for use by several threads.
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
