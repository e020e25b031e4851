namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>A domain that libvirt knows.</summary>
/// <param name="Xml">The definition for its next start; for a transient domain the XML of the running one.</param>
public sealed record KnownDomain(string Xml)
{
    /// <summary>Whether the domain runs.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Whether the domain has a managed save, from which its next start restores it.</summary>
    public bool HasManagedSave { get; init; }

    /// <summary>The domain's snapshots with memory. Default: none.</summary>
    public ValueList<string> MemorySnapshots { get; init; } = [];
}
