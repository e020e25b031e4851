namespace Nvdimm.Extensions.Policy;

/// <summary>Whether a VM may migrate (<c>placement_policy.affinity</c> of the oVirt API).</summary>
public enum VmAffinity
{
    /// <summary>By the engine and by users.</summary>
    Migratable,

    /// <summary>Only when a user forces it.</summary>
    UserMigratable,

    /// <summary>Never.</summary>
    Pinned,
}
