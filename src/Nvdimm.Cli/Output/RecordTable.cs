using System.Globalization;
using Nvdimm.Extensions.Host.Ledger;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Records of the ledger for people.</summary>
internal static class RecordTable
{
    /// <summary>The table: one record a row.</summary>
    public static Table Of(IEnumerable<LayoutRecord> records)
    {
        var table = ToolConsole
            .Table(
                "Device", "Path", "Identity", "VM", "Shared by", "Strategy", "Target", "Bytes", "Label at", "Guest", "Bytes", "First recorded", "Last used", "Accepted")
            .AlignRight(6, 7, 8, 9, 10, 13);
        foreach (var record in records)
        {
            var layout = record.Layout;
            table.AddTexts(
                record.Name,
                record.Path,
                record.Identity.Key,
                record.VmName ?? SizeText.Missing,
                record.Sharing is { } sharing ? string.Join(", ", sharing.Vms) : SizeText.Missing,
                layout is null ? SizeText.Missing : Words.Of(layout.Strategy),
                SizeText.Human(layout?.TargetSize),
                SizeText.Bytes(layout?.TargetSize),
                SizeText.Bytes(layout?.LabelOffset),
                SizeText.Human(layout?.GuestSize),
                SizeText.Bytes(layout?.GuestSize),
                GuardTable.Time(record.FirstRecorded),
                GuardTable.Time(record.LastUsed),
                record.Accepted.Count.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }
}
