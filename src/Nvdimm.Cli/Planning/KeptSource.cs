namespace Nvdimm.Cli.Planning;

/// <summary>What tells the layout that is kept.</summary>
internal enum KeptSource
{
    /// <summary>The ledger's record.</summary>
    Record,

    /// <summary>The labels on the device.</summary>
    Labels,
}
