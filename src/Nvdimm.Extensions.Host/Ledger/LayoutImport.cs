namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>What an import did: all of it, or nothing.</summary>
/// <param name="Added">How many records were added.</param>
/// <param name="Unchanged">How many were there already, the same in every value.</param>
/// <param name="Findings">
/// Errors say why nothing was imported: <see cref="NvdimmCodes.LedgerDamaged"/>, <see cref="NvdimmCodes.LedgerNewer"/> (of the document or of a
/// record that is there), <see cref="NvdimmCodes.LedgerConflict"/>. A warning names each record of another host
/// (<see cref="NvdimmCodes.RecordOfOtherHost"/>).
/// </param>
public sealed record LayoutImport(int Added, int Unchanged, ValueList<Finding> Findings)
{
    /// <summary>Whether nothing was imported.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);
}
