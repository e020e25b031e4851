namespace Nvdimm.Extensions.Ownership;

/// <summary>How a device got its owner. An owner changes in no other way.</summary>
public enum OwnershipAct
{
    /// <summary>The VM was the first to use a device that has no record.</summary>
    FirstUse,

    /// <summary>An administrator handed the device over.</summary>
    Given,

    /// <summary>An administrator released the device. It has no owner, and the next VM that uses it becomes the owner.</summary>
    Released,

    /// <summary>An administrator adopted the record of another host for this one.</summary>
    Imported,
}
