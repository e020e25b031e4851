using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Management;

namespace Nvdimm.Cli.Engines;

/// <summary>Writes the outcome of an attachment or detachment.</summary>
internal static class EngineChangeOutput
{
    /// <summary>Writes the outcome, and returns the exit status.</summary>
    public static int Write(ToolEnvironment environment, HostDeviceChange change, string done, bool asJson)
    {
        if (asJson)
        {
            Json.WriteTo(environment.Output, json => json.Object(() =>
            {
                json.Flag("done", change.IsDone);
                json.Texts("devices", change.Devices);
                json.WritePropertyName("verdict");
                json.PolicyResult(change.Check);
                json.Text("failure", change.Failure?.Message);
                json.Texts("failureCodes", change.Failure?.Codes ?? []);
                json.Flag("outcomeUnknown", change.Failure?.IsOutcomeUnknown ?? false);
                json.Text("recordFailure", change.RecordFailure?.Message);
            }));
        }
        else
        {
            var console = ToolConsole.ForOutput(environment);
            console.WritePolicyResult(change.Check);
            foreach (var device in change.Devices)
            {
                environment.Output.WriteLine($"{done} {Printable.Text(device)}");
            }
        }

        if (change.Failure is { } failure)
        {
            environment.Error.WriteLine($"nvdimm: {Printable.Text(failure.Message)}"
                + (failure.IsOutcomeUnknown ? " Whether it was done is not known; look with 'nvdimm engine audit'." : ""));
        }

        if (change.RecordFailure is { } unwritten)
        {
            environment.Error.WriteLine($"nvdimm: {Printable.Text(unwritten.Message)} The record does not say what the engine has; look "
                + "with 'nvdimm engine audit', then repeat this command.");
        }

        return change.RecordFailure is not null || change.Failure is { Failure: not OvirtFailure.Refused } ? ExitStatus.Failed
            : change.IsDone ? ExitStatus.Good
            : ExitStatus.Refused;
    }
}
