using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.DevEngine.Nvdimms;

/// <summary>What the ledger of layouts knows of the devices of this machine.</summary>
internal sealed class DeviceHistory(DevEngineOptions options, TimeProvider time)
{
    /// <summary>The record of a device: with which layout and by which VM it was last used.</summary>
    /// <returns>The record, and why it cannot be read; neither if the device was never used.</returns>
    public (LayoutRecord? Record, string? Problem) Of(NvdimmDevice device)
    {
        try
        {
            var found = new LayoutLedger(options.LayoutFolder, time).Find(DeviceIdentity.Of(device));
            return (found.Record, found.IsReadable ? null : string.Join(' ', found.Findings.Select(finding => finding.Message)));
        }
        catch (LayoutLedgerException unread)
        {
            return (null, $"The record could not be read: {unread.Message}");
        }
    }
}
