namespace Nvdimm.Extensions.Policy;

/// <summary>Whether a VM may migrate (<c>placement_policy.affinity</c> of the oVirt API).</summary>
public enum VmAffinity
{
    /// <summary>The engine and users may migrate the VM.</summary>
    Migratable,

    /// <summary>Only a user may migrate the VM, by force.</summary>
    UserMigratable,

    /// <summary>The VM never migrates.</summary>
    Pinned,
}
