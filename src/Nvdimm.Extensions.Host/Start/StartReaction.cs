namespace Nvdimm.Extensions.Host.Start;

/// <summary>What a doubt does to a start.</summary>
public enum StartReaction
{
    /// <summary>The VM does not start.</summary>
    Refuse,

    /// <summary>The VM starts, with a warning.</summary>
    Warn,
}
