using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli;

/// <summary>Everything around the tool, so that tests can be around it instead.</summary>
/// <param name="Input">Standard input, for <c>-</c>.</param>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where reasons and progress go.</param>
/// <param name="Runner">Makes what asks this host; called only where the host is asked.</param>
internal sealed record ToolEnvironment(Stream Input, TextWriter Output, TextWriter Error, Func<INdctlRunner> Runner)
{
    /// <summary>Checks the installed libvirt and QEMU.</summary>
    public Func<ConformanceOptions, IProgress<ConformanceProgress>, CancellationToken, Task<ConformanceReport>> Verify { get; init; } = ConformanceCheck.RunAsync;

    /// <summary>The clock, for the times in the ledger.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The folder below which <c>sys</c> and <c>proc</c> are. Default: <c>/</c>.</summary>
    public string Root { get; init; } = "/";

    /// <summary>The architecture of the host, which its guests have. Default: that of the system.</summary>
    public GuestArchitecture Architecture { get; init; } = HostArchitecture.OfGuests;

    /// <summary>Looks at what the installed ndctl prints.</summary>
    public Func<CancellationToken, Task<NdctlCheck>> CheckNdctl { get; init; } = new NdctlRunner().CheckAsync;

    /// <summary>Lists the devices with what their DIMMs say of their health.</summary>
    public Func<CancellationToken, Task<NdctlListing>> ListWithHealth { get; init; } = new NdctlRunner().ListWithHealthAsync;

    /// <summary>Asks a libvirt connection for its domains with NVDIMMs.</summary>
    public Func<string, CancellationToken, Task<ValueList<KnownDomain>>> Domains { get; init; } =
        (connection, cancellationToken) => new LibvirtDomains(connection).ReadAsync(cancellationToken);

    /// <summary>Whether a person reads the output: then it has colour, and the terminal's width. Default: no.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>How many columns the terminal has, where there is one. Default: 80.</summary>
    public Func<int> TerminalWidth { get; init; } = () => 80;

    /// <summary>Whether a person reads the errors: then it also has progress. Default: no.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>This host's ledger in a state folder.</summary>
    /// <exception cref="IOException">The host's id is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The host's id may not be read.</exception>
    public LayoutLedger Ledger(string folder) => new(folder, Time, MachineId.Of(Root));

    /// <summary>Writes a reason to standard error: one line, which only a terminal wraps.</summary>
    public void Say(string reason) => ToolConsole.ForErrors(this).WriteItem("nvdimm:", reason);
}
