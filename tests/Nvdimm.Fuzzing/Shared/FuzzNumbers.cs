namespace Nvdimm.Fuzzing.Shared;

/// <summary>The same numbers for the same seed (SplitMix64), so that a seed reproduces its inputs.</summary>
internal sealed class FuzzNumbers(long seed)
{
    private ulong state = unchecked((ulong)seed);

    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>One of these.</summary>
    public T OneOf<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
