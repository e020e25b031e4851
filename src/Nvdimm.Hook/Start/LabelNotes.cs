using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Start;

/// <summary>Notes in the ledger that a device was used, and which labels it has at its place.</summary>
internal static class LabelNotes
{
    /// <summary>Saves the record anew. Labels that cannot be read stay as they were noted.</summary>
    /// <returns>Why it could not be saved.</returns>
    public static IEnumerable<Finding> Save(LayoutLedger ledger, LayoutRecord record, LabelProbe probe, NvdimmDevice device)
    {
        var layout = record.Layout!;
        var (hash, sum) = (record.LabelHash, record.LabelSum);
        if (device is not { IsDevdax: true, BadBlockCount: > 0 })
        {
            var survey = probe.Survey(device.Path!, [new LabelPlace(layout.LabelOffset, layout.LabelSize)]);
            (hash, sum) = survey.At(layout.LabelOffset)?.Area is { } area ? (area.Sum == sum ? hash : area.Hash, area.Sum) : (hash, sum);
        }

        return ledger.Save(new LayoutUse(record.Identity, device.Name, device.Path!, layout)
        {
            Hypervisor = record.Hypervisor,
            VmName = record.VmName,
            VmId = record.VmId,
            LabelHash = hash,
            LabelSum = sum,
        }).Findings;
    }
}
