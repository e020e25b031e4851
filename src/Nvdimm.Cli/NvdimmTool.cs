using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Nvdimm.Cli.Commands;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli;

/// <summary>The tool: its commands, and the run of a command line to an exit status.</summary>
internal sealed class NvdimmTool
{
    private const string Description =
        "nvdimm: NVDIMM host devices of virtual machines.\n"
        + "Lists a host's NVDIMM devices, says whether a VM can have each and what it would see of it, writes the libvirt domain XML, "
        + "and protects the data on a device when it is used again.";

    private readonly ToolEnvironment environment;

    public NvdimmTool(ToolEnvironment environment)
    {
        this.environment = environment;
        Root = new Command("nvdimm", Description)
        {
            ListCommand.Create(environment),
            ShowCommand.Create(environment),
            SizeCommand.Create(environment),
            PlanCommand.Create(environment),
            MemdevCommand.Create(environment),
            CheckCommand.Create(environment),
            LayoutCommand.Create(environment),
            RepairCommand.Create(environment),
            VerifyCommand.Create(environment),
            EngineCommand.Create(environment),
            new HelpOption("--help", "-h") { Description = "Print the help.", Action = new HelpPrinter() },
            new VersionOption { Description = "Print the version." },
        };
        if (!OperatingSystem.IsWindows())
        {
            Root.Add(HostCommand.Create(environment));
            Root.Add(DoctorCommand.Create(environment));
        }

        Root.Add(HelpCommand.Create(environment, Root));
        Root.Add(CompletionCommand.Create(environment));
        Root.Add(CompletionCommand.CreateAnswering(environment, Root));
    }

    /// <summary>The root command, with all commands below it.</summary>
    public Command Root { get; }

    /// <summary>
    /// Runs one command line. Never throws: an unexpected exception becomes one line on standard error and <see cref="ExitStatus.Failed"/>.
    /// </summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        try
        {
            return await InvokeAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception bad) when (bad is BadInputException or InvalidDataException)
        {
            return Fail(ExitStatus.BadInput, bad.Message);
        }
        catch (Exception failed) when (failed is NdctlException or ProbeException or LayoutLedgerException or LabelRelocationException
            or OvirtException or OutputException or IOException or UnauthorizedAccessException)
        {
            return Fail(ExitStatus.Failed, failed.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(ExitStatus.Interrupted, "interrupted");
        }
        catch (Exception unexpected) when (unexpected is not OutOfMemoryException)
        {
            return Fail(ExitStatus.Failed, $"unexpected {unexpected.GetType().Name}: {unexpected.Message}");
        }
    }

    private async Task<int> InvokeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        // An argument that starts with @ is an ordinary name, not a response file.
        var parsed = Root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed is { Action: null or ParseErrorAction, UnmatchedTokens.Count: 0 }
            && CommandTree.Shown(parsed.CommandResult.Command).Any())
        {
            // As gh does: a command that only groups others prints its help.
            await environment.Output.WriteAsync(HelpText.Of(parsed.CommandResult.Command)).ConfigureAwait(false);
            return ExitStatus.Good;
        }

        if (parsed.Action is null or ParseErrorAction)
        {
            return Fail(ExitStatus.Usage, WrongCommandLine.Reason(parsed));
        }

        var invocation = new InvocationConfiguration
        {
            Output = environment.Output,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
    }

    private int Fail(int status, string reason)
    {
        try
        {
            environment.Say(reason);
        }
        catch (IOException)
        {
            // Standard error cannot be written either, so only the exit status reports the failure.
        }

        return status;
    }
}
