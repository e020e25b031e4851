using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Planning;

/// <summary>The result of recording the outcome of a check.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kept">
/// The fingerprint that the file keeps, because it covers more; null if the outcome is in the file now, or nothing is known.
/// </param>
/// <param name="Failure">Why nothing could be recorded; null if it could.</param>
internal sealed record Recording(string Path, HypervisorFingerprint? Kept, string? Failure)
{
    /// <summary>Whether the outcome is in the file.</summary>
    public bool IsRecorded => Kept is null && Failure is null;

    /// <summary>Records an outcome in a state folder of this host.</summary>
    public static Recording Of(ConformanceReport report, string folder, string root)
    {
        var store = new FingerprintStore(folder, MachineId.Of(root));
        try
        {
            var fingerprint = HypervisorFingerprint.Of(report);
            var stored = store.Save(fingerprint);
            return new Recording(store.Path, stored == fingerprint ? null : stored, null);
        }
        catch (Exception failure) when (failure is LayoutLedgerException or IOException or UnauthorizedAccessException)
        {
            return new Recording(store.Path, null, failure.Message);
        }
    }
}
