using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Start;

/// <summary>Records in the ledger that a device was used, and which labels it has.</summary>
internal static class UseRecorder
{
    /// <summary>Updates the record. If the labels cannot be read, the recorded ones stay.</summary>
    /// <returns>A finding that says why the record could not be saved; empty if it was.</returns>
    public static IEnumerable<Finding> Save(LayoutLedger ledger, LayoutRecord record, LabelProbe probe, NvdimmDevice device)
    {
        var layout = record.Layout!;
        var (hash, sum, uuids) = (record.LabelHash, record.LabelSum, record.LabelUuids);
        var place = new LabelPlace(layout.LabelOffset, layout.LabelSize);
        if (probe.Survey(device, LabelSearch.At([place])).At(layout.LabelOffset)?.Area is { } area)
        {
            (hash, sum, uuids) = (area.Sum == sum ? hash : area.Hash, area.Sum, area.Uuids);
        }

        return ledger.Touch(record.Identity, device.Name, device.Path!, hash, sum, uuids).Findings;
    }
}
