namespace Nvdimm.Extensions.Sizing;

/// <summary>How far the chain of sizes got: each stage has the figures of those before it, too.</summary>
internal enum SizingStage : byte
{
    /// <summary>No figure.</summary>
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
