namespace Nvdimm.DevEngine.Auth;

/// <summary>Somebody who may use the API.</summary>
/// <param name="Name">The name with its domain, such as <c>admin@internal</c>.</param>
/// <param name="MayChange">Whether only reading is allowed, or everything.</param>
internal sealed record EngineUser(string Name, bool MayChange)
{
    /// <summary>The administrator.</summary>
    public static EngineUser Admin { get; } = new("admin@internal", MayChange: true);

    /// <summary>Somebody who may only look.</summary>
    public static EngineUser Reader { get; } = new("reader@internal", MayChange: false);
}
