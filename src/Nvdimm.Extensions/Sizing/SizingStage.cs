namespace Nvdimm.Extensions.Sizing;

/// <summary>The last figure of the chain that was computed. Each stage includes the figures of those before it.</summary>
internal enum SizingStage : byte
{
    /// <summary>No figure was computed.</summary>
    None,

    /// <summary>The alignment.</summary>
    Align,

    /// <summary>The target size, which may be zero.</summary>
    Target,

    /// <summary>The backend size.</summary>
    Backend,

    /// <summary>The guest size: the layout starts.</summary>
    Guest,
}
