namespace Nvdimm.Extensions.Ownership;

/// <summary>How a device got its owner. Nothing else changes an owner.</summary>
public enum OwnershipAct
{
    /// <summary>The VM was the first to use a device that no record knows.</summary>
    FirstUse,

    /// <summary>An administrator handed the device over.</summary>
    Given,

    /// <summary>An administrator released the device: it has no owner, and the next VM that uses it becomes it.</summary>
    Released,

    /// <summary>An administrator took the record of another host over for this one.</summary>
    Imported,
}
