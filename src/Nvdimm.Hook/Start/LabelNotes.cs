using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Start;

/// <summary>Notes in the ledger that a device was used, and which labels it has at its place.</summary>
internal static class LabelNotes
{
    /// <summary>Touches the record. Labels that cannot be read stay as they were noted.</summary>
    /// <returns>Why it could not be saved.</returns>
    public static IEnumerable<Finding> Save(LayoutLedger ledger, LayoutRecord record, LabelProbe probe, NvdimmDevice device)
    {
        var layout = record.Layout!;
        var (hash, sum) = (record.LabelHash, record.LabelSum);
        var place = new LabelPlace(layout.LabelOffset, layout.LabelSize);
        if (probe.Survey(device, LabelSearch.At([place])).At(layout.LabelOffset)?.Area is { } area)
        {
            (hash, sum) = (area.Sum == sum ? hash : area.Hash, area.Sum);
        }

        return ledger.Touch(record.Identity, device.Name, device.Path!, hash, sum).Findings;
    }
}
