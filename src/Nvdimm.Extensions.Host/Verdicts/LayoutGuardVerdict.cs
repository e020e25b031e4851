namespace Nvdimm.Extensions.Host.Verdicts;

/// <summary>What the guard makes of a device before it is used with a layout.</summary>
public enum LayoutGuardVerdict
{
    /// <summary>Neither the ledger nor the device knows of an earlier use.</summary>
    FirstUse,

    /// <summary>The plan is the layout that the device was used with.</summary>
    Same,

    /// <summary>The device was used with another layout: the labels are elsewhere, or the ledger says so.</summary>
    Moved,

    /// <summary>The labels belong to another guest uuid.</summary>
    Foreign,

    /// <summary>There is more than one set of labels.</summary>
    Ambiguous,

    /// <summary>The device is smaller or larger than it was.</summary>
    Resized,

    /// <summary>It cannot be known: the ledger or the device cannot be read, or labels that were there are gone.</summary>
    Unknown,
}
