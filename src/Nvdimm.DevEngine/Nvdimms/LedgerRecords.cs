using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.DevEngine.Nvdimms;

/// <summary>Reads the ledger's records of this machine's devices.</summary>
internal sealed class LedgerRecords(DevEngineOptions options, TimeProvider time)
{
    /// <summary>The record of a device: with which layout and by which VM it was last used.</summary>
    /// <returns>The record, and why it cannot be read; neither if the device was never used.</returns>
    public (LayoutRecord? Record, string? Problem) Of(NvdimmDevice device)
    {
        try
        {
            var lookup = new LayoutLedger(options.LayoutFolder, time).Find(DeviceIdentity.Of(device));
            return (lookup.Record, lookup.IsReadable ? null : string.Join(' ', lookup.Findings.Select(finding => finding.Message)));
        }
        catch (LayoutLedgerException unread)
        {
            return (null, $"The record could not be read: {unread.Message}");
        }
    }
}
