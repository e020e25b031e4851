using System.Globalization;
using Nvdimm.Cli.Planning;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>A plan for people.</summary>
internal static class PlanTable
{
    /// <summary>The host's devices, the layouts, what the policy says, and the XML where no domain is edited.</summary>
    public static void WritePlan(this IAnsiConsole console, Plan plan)
    {
        console.Write(CandidateTable.Of(plan.Candidates));
        foreach (var device in plan.Devices)
        {
            console.WriteLine($"{device.Device.Name} at {Printable.Text(device.Device.Path ?? SizeText.Missing)}, guest NUMA node {Number(device.GuestNode)}");
            if (device.Sized is { } sized)
            {
                console.Write(LayoutTable.Of(sized));
            }
        }

        console.WritePlanFindings(plan);
        WriteTotals(console, plan);
        console.WriteHotPlugs(plan.HotPlugs);
        foreach (var device in plan.Devices.Where(device => device.Element is not null && !plan.IsRefused))
        {
            console.WriteLine(device.Element!.ToXml());
        }
    }

    /// <summary>What the policy says, and what else is odd.</summary>
    public static void WritePlanFindings(this IAnsiConsole console, Plan plan)
    {
        if (plan.IsAssumed)
        {
            console.WriteLine("No VM was named: assumed is one that is down, pinned to the host, with guest NUMA node 0 and no other VM on the host. Only what is about the devices counts.");
        }

        console.WriteVerdict(plan.Attach, "attach: ");
        console.WriteVerdict(plan.Start, "start: ", known: plan.Attach);
        var said = plan.Attach.Violations.Concat(plan.Start.Violations).ToHashSet();
        foreach (var device in plan.Devices)
        {
            console.WriteGuard(device.Guard, said);
        }

        console.WriteFindings(plan.Issues.Select(issue => issue.Finding).Where(finding => !said.Contains(finding)));
    }

    private static void WriteTotals(IAnsiConsole console, Plan plan)
    {
        var table = ToolConsole.Table("Domain", "Value", "Bytes").AlignRight(1, 2);
        table.AddTexts("maximum memory", SizeText.Human(plan.MaxMemory), SizeText.Bytes(plan.MaxMemory));
        table.AddTexts("memory slots left", Number(plan.MemorySlotsLeft), "");
        table.AddTexts("TSEG", SizeText.Human(plan.TsegSize), SizeText.Bytes(plan.TsegSize));
        console.Write(table);
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? SizeText.Missing;
}
