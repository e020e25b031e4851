namespace Nvdimm.DevEngine.Storage;

/// <summary>A part of a listing, in its order.</summary>
/// <param name="Skip">How many entities come before it.</param>
/// <param name="Take">The most entities in it.</param>
internal sealed record Slice(long Skip, long Take)
{
    /// <summary>The whole listing.</summary>
    public static Slice All { get; } = new(0, long.MaxValue);

    /// <summary>The part of what is in memory already.</summary>
    public IEnumerable<T> Of<T>(IEnumerable<T> all) => all.Skip((int)Math.Min(Skip, int.MaxValue)).Take((int)Math.Min(Take, int.MaxValue));
}
