namespace Nvdimm.Hook.Configuration;

/// <summary>What a doubt leads to.</summary>
internal enum Reaction
{
    /// <summary>The VM does not start.</summary>
    Refuse,

    /// <summary>It starts, and a line says so.</summary>
    Warn,
}
