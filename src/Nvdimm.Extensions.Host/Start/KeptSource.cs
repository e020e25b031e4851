namespace Nvdimm.Extensions.Host.Start;

/// <summary>The source of a kept layout.</summary>
public enum KeptSource
{
    /// <summary>The ledger's record.</summary>
    Record,

    /// <summary>The labels on the device.</summary>
    Labels,
}
