namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>What the ledger has for a device.</summary>
/// <param name="Record">The record; null where there is none, or none that can be read.</param>
/// <param name="Findings">
/// Why a record that is there could not be read or written: <see cref="NvdimmCodes.LedgerDamaged"/>, <see cref="NvdimmCodes.LedgerNewer"/>,
/// <see cref="NvdimmCodes.LedgerUnreadable"/>. Then nothing may be concluded, and nothing was changed.
/// </param>
public sealed record LayoutRecordResult(LayoutRecord? Record, ValueList<Finding> Findings)
{
    /// <summary>Whether it is known what the ledger has.</summary>
    public bool IsReadable => Findings.Count == 0;

    internal static LayoutRecordResult None { get; } = new(Record: null, []);
}
