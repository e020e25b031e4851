namespace Nvdimm.Extensions.Host.Verdicts;

/// <summary>The guard's verdict on a device before it is used with a layout.</summary>
public enum LayoutGuardVerdict
{
    /// <summary>Neither the ledger nor the device shows an earlier use.</summary>
    FirstUse,

    /// <summary>The plan is the layout that the device was last used with.</summary>
    Same,

    /// <summary>The device was used with another layout: the labels are elsewhere, or the record differs.</summary>
    Moved,

    /// <summary>The labels belong to another guest uuid.</summary>
    Foreign,

    /// <summary>There are several sets of labels.</summary>
    Ambiguous,

    /// <summary>The size of the device has changed.</summary>
    Resized,

    /// <summary>Unknown: the ledger or the device cannot be read, or labels that were there are gone.</summary>
    Unknown,
}
