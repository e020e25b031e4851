namespace Nvdimm.DevEngine.Auth;

/// <summary>A user of the API.</summary>
/// <param name="Name">The name with its domain, such as <c>admin@internal</c>.</param>
/// <param name="MayChange">Whether the user can change things, or only read.</param>
internal sealed record EngineUser(string Name, bool MayChange)
{
    /// <summary>The administrator.</summary>
    public static EngineUser Admin { get; } = new("admin@internal", MayChange: true);

    /// <summary>The user who can only read.</summary>
    public static EngineUser Reader { get; } = new("reader@internal", MayChange: false);
}
