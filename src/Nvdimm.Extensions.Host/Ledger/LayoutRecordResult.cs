namespace Nvdimm.Extensions.Host.Ledger;

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
