namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>A ledger as one document.</summary>
/// <param name="Json">The records that can be read.</param>
/// <param name="Findings">One for each that cannot, and is not in the document.</param>
public sealed record LayoutExport(string Json, ValueList<Finding> Findings);
