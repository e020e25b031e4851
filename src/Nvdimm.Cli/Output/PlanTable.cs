using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Prints a plan: the answer, the figures, the findings, and what was not checked.</summary>
internal static class PlanTable
{
    /// <summary>Prints the plan.</summary>
    public static void WritePlan(this ToolConsole console, Plan plan)
    {
        console.WriteAnswer(plan);
        foreach (var device in plan.Devices)
        {
            console.WriteLine();
            console.WriteLine(Title(device));
            if (device.Sized?.Layout is { } layout)
            {
                console.WriteAreas(layout);
            }
        }

        console.WriteLine();
        console.WritePlanFindings(plan);
        WriteTotals(console, plan);
        console.WriteHotPlugs(plan.HotPlugs);
        if (plan.IsAssumed)
        {
            console.WriteLine("No VM was named, so this is about the devices alone. Name one with --vm FILE.");
        }

        if (!plan.IsRefused && console.IsTerminal)
        {
            console.WriteLine("XML for the domain: add --format xml.");
        }
    }

    /// <summary>The findings of the policy, of this host about each device's last use, and all others.</summary>
    public static void WritePlanFindings(this ToolConsole console, Plan plan)
    {
        if (console.IsTerminal)
        {
            WriteSections(console, plan);
            return;
        }

        console.WritePolicyResult(plan.Attach, "attach: ");
        console.WritePolicyResult(plan.Start, "start: ", known: plan.Attach);
        var said = plan.Attach.Findings.Concat(plan.Start.Findings).ToHashSet();
        foreach (var device in plan.Devices)
        {
            console.WriteGuard(device.Guard, said);
        }

        console.WriteFindings(plan.Findings.Select(issue => issue.Finding).Where(finding => !said.Contains(finding)));
    }

    private static void WriteAnswer(this ToolConsole console, Plan plan)
    {
        if (plan.IsRefused)
        {
            var why = plan.Devices is [{ Availability: { State: not DeviceState.InUseByVm, IsFree: false } known }]
                ? $": it is {known.Text}"
                : "";
            var names = plan.Devices.Count == 0 ? "these devices" : string.Join(", ", plan.Devices.Select(device => device.Device.Name));
            console.WriteLine($"{plan.VmName} cannot have {names}{why}.", Color.Red);
            return;
        }

        foreach (var device in plan.Devices)
        {
            console.WriteLine(
                $"{plan.VmName} can have {device.Device.Name}: the guest sees {device.Sized?.Layout?.GuestSize} of its "
                + $"{device.Device.Size}.", Color.Green);
        }
    }

    private static string Title(PlannedDevice planned)
    {
        var device = planned.Device;
        return string.Join(", ", new[]
        {
            device.Name,
            device.Path,
            DeviceTable.ModeOf(device),
            device.NumaNode is { } host ? $"host NUMA node {host}" : null,
            planned.GuestNode is { } guest ? $"guest NUMA node {guest}" : null,
        }.OfType<string>());
    }

    /// <summary>
    /// Prints each finding once, refusals first. A code that only summarises other findings is left out if they are printed.
    /// </summary>
    private static void WriteSections(ToolConsole console, Plan plan)
    {
        var findings = plan.Attach.Findings
            .Concat(plan.Start.Findings)
            .Concat(plan.Devices.SelectMany(device => device.Guard.Findings))
            .Concat(plan.Findings.Select(issue => issue.Finding))
            .SelectMany(finding => Explained(plan, finding))
            .Distinct()
            .ToList();
        console.WriteSection("Why not", findings.Where(finding => finding.Severity == Severity.Error));
        console.WriteSection("Warnings", findings.Where(finding => finding.Severity == Severity.Warning));
        foreach (var guarded in plan.Devices.Select(device => device.Guard).Where(guarded => guarded.NotChecked is null))
        {
            console.WriteGuard(guarded, findings.ToHashSet());
            console.WriteLine();
        }

        var open = plan.Devices.Where(device => device.Guard.NotChecked is not null).ToList();
        if (open.Count > 0)
        {
            console.WriteLine("Not checked");
            foreach (var device in open)
            {
                console.WriteLine($"The last use of {device.Device.Name}: {device.Guard.NotChecked}.", indent: 2);
            }

            console.WriteLine();
        }
    }

    private static IEnumerable<Finding> Explained(Plan plan, Finding finding) =>
        finding.Code is NvdimmCodes.SizeRefused or NvdimmCodes.Unusable
        && plan.Devices.FirstOrDefault(
            device => device.Device.Name == finding["device"])?.Availability is { Reasons: { Count: > 0 } reasons }
            ? reasons
            : [finding];

    private static void WriteTotals(ToolConsole console, Plan plan)
    {
        if (plan.IsAssumed && plan.MaxMemory is null && plan.TsegSize is null)
        {
            return;
        }

        var table = new TextTable(new("DOMAIN"), new("VALUE") { IsNumber = true }, new("BYTES") { IsNumber = true, IsForPeople = true });
        table.Add("maximum memory", plan.MaxMemory, TextCell.Bytes(plan.MaxMemory));
        table.Add("memory slots left", (long?)plan.MemorySlotsLeft, "");
        table.Add("TSEG", plan.TsegSize, TextCell.Bytes(plan.TsegSize));
        console.Write(table);
    }
}
