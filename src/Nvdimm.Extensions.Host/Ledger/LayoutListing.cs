namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>All records of a ledger.</summary>
/// <param name="Records">The records that can be read, by key.</param>
/// <param name="Findings">One for each that cannot.</param>
public sealed record LayoutListing(ValueList<LayoutRecord> Records, ValueList<Finding> Findings);
