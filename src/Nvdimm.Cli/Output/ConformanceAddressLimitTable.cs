using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;

namespace Nvdimm.Cli.Output;

/// <summary>Prints the guests of a conformance check whose memory ends at the last address of their CPU.</summary>
internal static class ConformanceAddressLimitTable
{
    /// <summary>
    /// One row for each kind of guest, then each mismatch with the figures that reproduce it; nothing if none was started.
    /// </summary>
    public static void WriteAddressLimits(this ToolConsole console, IReadOnlyList<AddressLimitResult> limits)
    {
        if (limits.Count == 0)
        {
            return;
        }

        var table = new TextTable(
            new("ADDRESS LIMIT"),
            new("MACHINE"),
            new("CPU"),
            new("RAM") { IsNumber = true },
            new("SLOTS") { IsNumber = true },
            new("STARTS UP TO") { IsNumber = true },
            new("REFUSED FROM") { IsNumber = true },
            new("MISMATCHES") { IsNumber = true });
        foreach (var guest in limits.GroupBy(limit => (limit.Architecture, limit.Machine, limit.Cpu, limit.Ram, limit.Slots)))
        {
            table.Add(
                guest.Key.Architecture.Name,
                guest.Key.Machine,
                guest.Key.Cpu,
                (ByteSize?)guest.Key.Ram,
                (long?)guest.Key.Slots,
                guest.Where(limit => limit.Refusal is null).Max(limit => (ByteSize?)limit.MaxMemory),
                guest.Where(limit => limit.Refusal is not null).Min(limit => (ByteSize?)limit.MaxMemory),
                (long?)guest.Count(limit => !limit.IsAsPredicted));
        }

        console.Write(table);
        foreach (var limit in limits.Where(limit => !limit.IsAsPredicted))
        {
            console.WriteLine(Printable.Text(
                $"mismatch: {limit.Architecture}, {limit.Machine}, {limit.Cpu}, RAM {limit.Ram.Bytes}, maximum memory "
                + $"{limit.MaxMemory.Bytes}, {limit.Slots} slots: predicted {(limit.IsRefusalPredicted ? "a refusal" : "a start")}, seen "
                + $"{limit.Refusal ?? "a start"}"));
            console.WriteCommand(limit.Command);
        }
    }
}
