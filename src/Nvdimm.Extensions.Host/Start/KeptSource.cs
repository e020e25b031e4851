namespace Nvdimm.Extensions.Host.Start;

/// <summary>What a kept layout was read from.</summary>
public enum KeptSource
{
    /// <summary>The ledger's record.</summary>
    Record,

    /// <summary>The labels on the device.</summary>
    Labels,
}
