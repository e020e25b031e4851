using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Output;

/// <summary>A plan as XML: the edited domain, or the elements. Nothing where it is refused; what there is to say goes to standard error.</summary>
internal static class PlanXml
{
    /// <summary>Writes the XML, the domain without a line feed that it did not have.</summary>
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
