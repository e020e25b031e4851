namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>
/// Random numbers that are the same for the same seed on every version of .NET, so that a reported seed reproduces its cases (SplitMix64).
/// </summary>
internal sealed class SeededNumbers(int seed)
{
    private ulong state = unchecked((ulong)seed);

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public long Below(long limit)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (long)((mixed ^ (mixed >> 31)) % (ulong)limit);
        }
    }

    /// <summary>A random item.</summary>
    public T OneOf<T>(IReadOnlyList<T> items) => items[(int)Below(items.Count)];
}
