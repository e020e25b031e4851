using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Output;

/// <summary>Formats records of the ledger as a table.</summary>
internal static class RecordTable
{
    /// <summary>The table: one record per row, by device name.</summary>
    public static TextTable Of(IEnumerable<LayoutRecord> records)
    {
        var table = new TextTable(
            new("DEVICE"),
            new("VM"),
            new("GUEST") { IsNumber = true },
            new("LABEL AT", 1) { IsNumber = true },
            new("LAST USED", 2),
            new("STRATEGY", 3),
            new("TARGET", 4) { IsNumber = true },
            new("PATH", 5),
            new("ACCEPTED", 6) { IsNumber = true },
            new("FIRST RECORDED", 7),
            new("IDENTITY", 8),
            new("SHARED BY", 9));
        foreach (var record in records.OrderBy(record => record.Name, DeviceNameComparer.Instance))
        {
            var layout = record.Layout;
            table.Add(
                record.Name,
                record.VmName,
                layout?.GuestSize,
                TextCell.Bytes(layout?.LabelOffset),
                GuardTable.Time(record.LastUsed),
                layout is null ? null : EnumWords.Of(layout.Strategy),
                layout?.TargetSize,
                record.Path,
                (long?)record.Accepted.Count,
                GuardTable.Time(record.FirstRecorded),
                record.Identity.Key,
                record.Sharing is { } sharing ? string.Join(", ", sharing.Vms) : null);
        }

        return table;
    }
}
