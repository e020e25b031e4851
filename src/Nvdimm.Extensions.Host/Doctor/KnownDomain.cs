namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>A domain as libvirt knows it.</summary>
/// <param name="Xml">Its definition, with which it starts next; of a transient domain the running one.</param>
public sealed record KnownDomain(string Xml)
{
    /// <summary>Whether it runs.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Whether it has a managed save, from which its next start restores it.</summary>
    public bool HasManagedSave { get; init; }

    /// <summary>Its snapshots with memory. Default: none.</summary>
    public ValueList<string> MemorySnapshots { get; init; } = [];
}
