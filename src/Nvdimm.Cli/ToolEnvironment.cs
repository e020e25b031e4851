using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli;

/// <summary>Everything outside the tool, so that tests can replace it.</summary>
/// <param name="Input">Standard input, for <c>-</c>.</param>
/// <param name="Output">Standard output, for results.</param>
/// <param name="Error">Standard error, for reasons and progress.</param>
/// <param name="Runner">Creates the runner for ndctl; called only if this host is asked.</param>
internal sealed record ToolEnvironment(Stream Input, TextWriter Output, TextWriter Error, Func<INdctlRunner> Runner)
{
    /// <summary>Checks the installed libvirt and QEMU.</summary>
    public Func<ConformanceOptions, IProgress<ConformanceProgress>, CancellationToken, Task<ConformanceReport>> Verify { get; init; } =
        ConformanceCheck.RunAsync;

    /// <summary>The clock, for the times in the ledger.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The folder below which <c>sys</c> and <c>proc</c> are. Default: <c>/</c>.</summary>
    public string Root { get; init; } = "/";

    /// <summary>The architecture of the host's guests. Default: that of the system.</summary>
    public GuestArchitecture Architecture { get; init; } = HostArchitecture.OfGuests;

    /// <summary>Checks what the installed ndctl prints.</summary>
    public Func<CancellationToken, Task<NdctlCheckResult>> CheckNdctl { get; init; } = new NdctlRunner().CheckAsync;

    /// <summary>Lists the devices with the health of their DIMMs.</summary>
    public Func<CancellationToken, Task<NdctlListing>> ListWithHealth { get; init; } = new NdctlRunner().ListWithHealthAsync;

    /// <summary>Asks libvirt over a connection for its domains with NVDIMMs.</summary>
    public Func<string, CancellationToken, Task<ValueList<KnownDomain>>> Domains { get; init; } =
        (connection, cancellationToken) => new LibvirtDomains(connection).ReadAsync(cancellationToken);

    /// <summary>
    /// Makes this process another program, with the same output and signals. Returns only in a test, with the exit status of the tool.
    /// </summary>
    public Func<string, IReadOnlyList<string>, int> Become { get; init; } = ProcessImage.Replace;

    /// <summary>Whether standard output is a terminal: it then has colour, and the terminal's width. Default: no.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>The width of the terminal in columns. Default: 80.</summary>
    public Func<int> TerminalWidth { get; init; } = () => 80;

    /// <summary>Whether standard error is a terminal: it then shows progress. Default: no.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>This host's ledger in a state folder.</summary>
    /// <exception cref="IOException">The host's id exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the host's id.</exception>
    public LayoutLedger Ledger(string folder) => new(folder, Time, MachineId.Of(Root));

    /// <summary>Writes a reason to standard error: one line, which only wraps on a terminal.</summary>
    public void Say(string reason) => ToolConsole.ForErrors(this).WriteItem("nvdimm:", reason);
}
