using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Output;

/// <summary>Prints a plan as XML: the edited domain, or the elements. A refused plan prints none. Findings go to standard error.</summary>
internal static class PlanXml
{
    /// <summary>Writes the XML; a domain without a final line feed stays without one.</summary>
    public static void Write(ToolEnvironment environment, Plan plan)
    {
        ToolConsole.ForErrors(environment).WritePlanFindings(plan);
        if (plan.IsRefused)
        {
            return;
        }

        if (plan.DomainXml is { } domain)
        {
            environment.Output.Write(domain);
            return;
        }

        foreach (var device in plan.Devices)
        {
            environment.Output.WriteLine(device.Element!.ToXml());
        }
    }
}
