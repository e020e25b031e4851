using System.CommandLine;
using Nvdimm.Cli.Engines;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm engine audit</c>: finds what the engine does not report, over all hosts and VMs.</summary>
internal static class EngineAuditCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var (engine, asJson) = (new EngineOptions(), Options.AsJson());
        var post = new Option<bool>("--post") { Description = "Post each finding to the engine as an external event, at most once a day." };
        var command = engine.Command(
            "audit",
            "Checks all hosts for problems that the engine does not report.\n"
            + "Finds vanished attachments, VMs without their NVDIMM, and shared or swapped devices.",
            post,
            asJson);
        command.SetAction((parsed, cancellationToken) => engine.RunAsync(
            environment,
            parsed,
            async session =>
            {
                var findings = await Progress.WaitAsync(
                    environment, "Asking the engine and its hosts", session.Manager.AuditAsync(cancellationToken), cancellationToken)
                    .ConfigureAwait(false);
                if (parsed.GetValue(asJson))
                {
                    Json.WriteTo(environment.Output, json => json.Findings(findings));
                }
                else
                {
                    await environment.Output.WriteLineAsync(
                        findings.Count switch { 0 => "no findings", 1 => "1 finding", var count => $"{count} findings" })
                        .ConfigureAwait(false);
                    ToolConsole.ForOutput(environment).WriteFindings(findings.Select(finding => finding.Finding));
                }

                if (parsed.GetValue(post))
                {
                    var posted = await session.Manager.PostAsync(findings, cancellationToken).ConfigureAwait(false);
                    await environment.Error.WriteLineAsync($"{posted.Posted} posted, {posted.Known} posted earlier today")
                        .ConfigureAwait(false);
                    foreach (var failure in posted.Failures)
                    {
                        await environment.Error.WriteLineAsync($"nvdimm: {failure.Message}").ConfigureAwait(false);
                    }

                    if (posted.Failures.Count > 0)
                    {
                        return ExitStatus.Failed;
                    }
                }

                return findings.Count == 0 ? ExitStatus.Good : ExitStatus.Refused;
            },
            cancellationToken));
        return command;
    }
}
