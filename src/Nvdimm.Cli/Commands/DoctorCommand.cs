using System.CommandLine;
using System.Runtime.Versioning;
using Nvdimm.Cli.Help;
using Nvdimm.Cli.Installation;
using Nvdimm.Cli.Output;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Commands;

/// <summary><c>nvdimm doctor</c>: reports whether the data on this host's devices is safe.</summary>
[UnsupportedOSPlatform("windows")]
internal static class DoctorCommand
{
    /// <summary>Creates the command with its options and its action.</summary>
    public static Command Create(ToolEnvironment environment)
    {
        var connect = new Option<string>("--connect")
        {
            HelpName = "URI",
            Description = "The libvirt connection, which is opened read-only. Default: qemu:///system.",
            DefaultValueFactory = _ => "qemu:///system",
        };
        var folder = Options.StateFolder("The state folder with the records of layouts.");
        var json = Options.AsJson();
        var command = new Command(
            "doctor",
            "Says whether the data on this host's NVDIMM devices is safe. Changes nothing.\n"
            + "Checks devices and their DIMMs, the next start of every libvirt domain with NVDIMMs, saves and snapshots, and the hooks. "
            + "Run it as root: other users see less.")
        {
            connect, folder, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var work = ExamineAsync(environment, parsed.GetValue(connect)!, parsed.GetValue(folder)!, cancellationToken);
            var (examination, unasked) = await Progress.WaitAsync(environment, "Examining the host", work, cancellationToken)
                .ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                Json.WriteTo(environment.Output, writer => writer.Examination(examination, unasked));
            }
            else
            {
                ToolConsole.ForOutput(environment).WriteExamination(examination, unasked);
            }

            return StatusOf(examination.Level, unasked);
        });
        return command;
    }

    /// <summary>
    /// The exit status. If something could not be asked, it is unknown whether the data is safe, unless another diagnosis already says that
    /// it is not.
    /// </summary>
    private static int StatusOf(DiagnosisLevel level, ValueList<string> unasked) => level == DiagnosisLevel.DataAtRisk ? ExitStatus.Refused
        : unasked.Count > 0 ? ExitStatus.Failed
        : level == DiagnosisLevel.Advice ? ExitStatus.Advice : ExitStatus.Good;

    /// <summary>Examines the host; also returns what could not be asked.</summary>
    private static async Task<(HostExamination Examination, ValueList<string> Unasked)> ExamineAsync(
        ToolEnvironment environment, string connection, string folder, CancellationToken cancellationToken)
    {
        var unasked = new List<string>();
        var listing = new NdctlListing { Devices = [], Findings = [], Shape = NdctlListingShape.Namespaces, IsComplete = false };
        try
        {
            listing = await environment.ListWithHealth(cancellationToken).ConfigureAwait(false);
        }
        catch (NdctlException failed)
        {
            unasked.Add(failed.Message);
        }

        ValueList<KnownDomain> domains = [];
        try
        {
            domains = await environment.Domains(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (ProbeException failed)
        {
            unasked.Add(failed.Message);
        }

        var doctor = new HostDoctor(folder, environment.Time, environment.Root)
        {
            IsGuarded = IsGuarded(environment, unasked),
            Architecture = environment.Architecture,
        };
        var examination = await Task.Run(() => doctor.Examine(listing.Devices, listing.Findings, domains), cancellationToken)
            .ConfigureAwait(false);
        return (examination, unasked.ToValueList());
    }

    /// <summary>Whether the hooks of one caller are completely installed. Hooks that cannot be inspected count as not installed.</summary>
    private static bool IsGuarded(ToolEnvironment environment, List<string> unasked)
    {
        var tree = new HookTree(environment.Root);
        try
        {
            return Enum.GetValues<HookCaller>()
                .Select(caller => HostHealth.Of(tree, caller, environment.Architecture, install: ""))
                .Any(health => health is { IsInstalled: true, IsGood: true });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            unasked.Add(failure.Message);
            return false;
        }
    }
}
