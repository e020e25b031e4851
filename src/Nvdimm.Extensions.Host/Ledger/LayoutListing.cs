namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>All records of a ledger.</summary>
/// <param name="Records">The readable records, by key.</param>
/// <param name="Findings">One finding for each unreadable record.</param>
public sealed record LayoutListing(ValueList<LayoutRecord> Records, ValueList<Finding> Findings);
