namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>A ledger as one document.</summary>
/// <param name="Json">The readable records.</param>
/// <param name="Findings">One finding for each unreadable record, which is not in the document.</param>
public sealed record LayoutExport(string Json, ValueList<Finding> Findings);
