using System.Globalization;
using Nvdimm.Cli.Planning;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Every device of the host, and whether the VM could use it.</summary>
internal static class CandidateTable
{
    /// <summary>The table: one device a row, with what the guest would get or the codes that speak against it.</summary>
    public static Table Of(IEnumerable<Candidate> candidates)
    {
        var table = ToolConsole.Table("Device", "Mode", "Size", "Align", "NUMA", "Path", "Name", "Guest size", "Usable").AlignRight(2, 3, 4, 7);
        foreach (var (device, sized) in candidates)
        {
            table.AddTexts(
                device.Name,
                Words.Of(device.Mode) ?? device.ReportedMode ?? SizeText.Missing,
                SizeText.Human(device.Size),
                SizeText.Human(device.Align?.Size),
                device.NumaNode?.ToString(CultureInfo.InvariantCulture) ?? SizeText.Missing,
                device.Path ?? SizeText.Missing,
                device.Label ?? SizeText.Missing,
                device.IsUsable ? SizeText.Human(sized?.Layout?.GuestSize) : SizeText.Missing,
                Usable(device, sized));
        }

        return table;
    }

    private static string Usable(NvdimmDevice device, SizingResult? sized)
    {
        var reasons = device.Findings.Concat(sized?.Findings ?? [])
            .Where(finding => finding.Severity == Severity.Error)
            .Select(finding => finding.Code)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return reasons.Count == 0 ? "yes" : $"no: {string.Join(", ", reasons)}";
    }
}
