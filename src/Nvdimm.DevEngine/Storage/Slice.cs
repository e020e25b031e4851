namespace Nvdimm.DevEngine.Storage;

/// <summary>A part of a listing, in its order.</summary>
/// <param name="Skip">The number of entities before the part.</param>
/// <param name="Take">The largest number of entities in the part.</param>
internal sealed record Slice(long Skip, long Take)
{
    /// <summary>The whole listing.</summary>
    public static Slice All { get; } = new(0, long.MaxValue);

    /// <summary>The part of a listing in memory.</summary>
    public IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Skip((int)Math.Min(Skip, int.MaxValue)).Take((int)Math.Min(Take, int.MaxValue));
}
