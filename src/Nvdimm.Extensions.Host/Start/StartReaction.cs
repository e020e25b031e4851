namespace Nvdimm.Extensions.Host.Start;

/// <summary>The reaction of a start to a doubt.</summary>
public enum StartReaction
{
    /// <summary>The VM does not start.</summary>
    Refuse,

    /// <summary>The VM starts, with a warning.</summary>
    Warn,
}
