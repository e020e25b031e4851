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
    /// <summary>Whether nothing was imported.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);
}
