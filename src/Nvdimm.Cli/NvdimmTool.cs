using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Nvdimm.Cli.Commands;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli;

/// <summary>The tool: its commands, and what becomes of an exit status.</summary>
internal sealed class NvdimmTool
{
    private const string Description = """
        NVDIMM host devices: list them, size them, check what may be done with a VM, write the libvirt domain XML.

        Exit status:
          0    good; there may be warnings
          2    the command line is wrong
          3    refused by a rule, by sizing or by the last use of a device; an audit has findings
          4    a file cannot be read, or does not say what it should
          5    the host or a program failed, or something could not be read
          6    the installed programs do something else than predicted (verify)
          7    there is nothing to restore (repair --restore-labels)
          130  interrupted
          143  ended by SIGTERM
        Where several apply, the largest of 3, 4 and 5.
        """;

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
            CheckCommand.Create(environment),
            LayoutCommand.Create(environment),
            RepairCommand.Create(environment),
            VerifyCommand.Create(environment),
            EngineCommand.Create(environment),
            new HelpOption(),
            new VersionOption(),
        };
        if (!OperatingSystem.IsWindows())
        {
            Root.Add(HostCommand.Create(environment));
        }
    }

    /// <summary>All commands.</summary>
    public Command Root { get; }

    /// <summary>Runs one command line. Never throws: an unexpected exception is one line on standard error and <see cref="ExitStatus.Failed"/>.</summary>
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
        catch (Exception failed) when (failed is NdctlException or ProbeException or LayoutLedgerException or LabelRelocationException or OvirtException or IOException or UnauthorizedAccessException)
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
        // An argument that starts with @ is a name like any other, not a file of arguments.
        var parsed = Root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is null or ParseErrorAction)
        {
            var reasons = parsed.Errors.Select(error => error.Message).DefaultIfEmpty("A command is needed.");
            return Fail(ExitStatus.Usage, $"{string.Join(' ', reasons.Distinct(StringComparer.Ordinal))} See 'nvdimm --help'.");
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
        environment.Say(reason);
        return status;
    }
}
