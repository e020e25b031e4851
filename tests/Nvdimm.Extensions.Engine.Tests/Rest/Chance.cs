namespace Nvdimm.Extensions.Engine.Tests.Rest;

/// <summary>The same numbers for the same seed, on every runtime (SplitMix64).</summary>
internal sealed class Chance(long seed)
{
    private ulong state = unchecked((ulong)seed);

    /// <summary>From 0 to one below the limit.</summary>
    public int Next(int limit)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)limit);
        }
    }
}
