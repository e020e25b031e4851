namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The result of an import, which imports everything or nothing.</summary>
/// <param name="Added">The number of added records.</param>
/// <param name="Unchanged">The number of records that already existed with the same values.</param>
/// <param name="Findings">
/// Errors say why nothing was imported: <see cref="NvdimmCodes.LedgerDamaged"/>, <see cref="NvdimmCodes.LedgerNewer"/> (of the document or
/// of an existing record), <see cref="NvdimmCodes.LedgerConflict"/>. A warning names each record of another host
/// (<see cref="NvdimmCodes.RecordOfOtherHost"/>).
/// </param>
public sealed record LayoutImport(int Added, int Unchanged, ValueList<Finding> Findings)
{
    /// <summary>Whether the document cannot be read. Default: no.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Whether nothing was imported.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);
}

/// <summary>A ledger as one document.</summary>
/// <param name="Json">The readable records.</param>
/// <param name="Findings">One finding for each unreadable record, which is not in the document.</param>
public sealed record LayoutExport(string Json, ValueList<Finding> Findings);

/// <summary>All records of a ledger.</summary>
/// <param name="Records">The readable records, by key.</param>
/// <param name="Findings">One finding for each unreadable record.</param>
public sealed record LayoutListing(ValueList<LayoutRecord> Records, ValueList<Finding> Findings);

/// <summary>The result of reading or writing a record.</summary>
/// <param name="Record">The record; null if there is none, or none that can be read.</param>
/// <param name="Findings">
/// Why an existing record could not be read or written: <see cref="NvdimmCodes.LedgerDamaged"/>, <see cref="NvdimmCodes.LedgerNewer"/>,
/// <see cref="NvdimmCodes.LedgerUnreadable"/>. Then nothing is known about it, and nothing was changed.
/// </param>
public sealed record LayoutRecordResult(LayoutRecord? Record, ValueList<Finding> Findings)
{
    /// <summary>Whether the ledger could be read.</summary>
    public bool IsReadable => Findings.Count == 0;

    internal static LayoutRecordResult None { get; } = new(Record: null, []);
}
