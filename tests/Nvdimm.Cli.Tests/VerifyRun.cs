using System.Text;
using NSubstitute;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary>Runs <c>nvdimm verify</c> with a check and an ndctl that answer as a test wants.</summary>
internal static class VerifyRun
{
    public static readonly ConformanceReport Good = new()
    {
        Scope = ConformanceScope.LibvirtAndQemu,
        Programs = [new ProbedProgram("libvirt", "9.0.0", "virsh"), new ProbedProgram("qemu x86_64", "7.2.22", "/usr/bin/qemu-system-x86_64")],
        Binaries = [],
        Seed = 7,
        Groups = [new ConformanceGroup
            {
                Architecture = GuestArchitecture.X86_64,
                Align = Alignment.FromMiB(2),
                Cases = 12,
                Conforming = 10,
                AlignOnly = 1,
                NotProbed = 1,
                Mismatches = 0,
            }, new ConformanceGroup
            {
                Architecture = GuestArchitecture.X86_64,
                Align = null,
                Cases = 3,
                Conforming = 3,
                AlignOnly = 0,
                NotProbed = 0,
                Mismatches = 0,
            }],
        Mismatches = [],
    };

    public static readonly NdctlCheckResult Known = new("76.1", 3, []);

    public static Task<ToolRun> With(ConformanceReport report, params string[] arguments) => With(_ => Task.FromResult(report), arguments);

    public static Task<ToolRun> With(Func<ConformanceOptions, Task<ConformanceReport>> verify, params string[] arguments) =>
        With(verify, _ => Task.FromResult(Known), arguments);

    public static Task<ToolRun> With(
        Func<ConformanceOptions, Task<ConformanceReport>> verify, Func<CancellationToken, Task<NdctlCheckResult>> ndctl, params string[] arguments) =>
        With((options, _, _) => verify(options), ndctl, arguments, CancellationToken.None);

    public static Task<ToolRun> With(
        Func<ConformanceOptions, IProgress<ConformanceProgress>, CancellationToken, Task<ConformanceReport>> verify,
        CancellationToken cancellationToken = default,
        params string[] options) => With(verify, _ => Task.FromResult(Known), ["verify", .. options], cancellationToken);

    /// <summary>In a terminal of a width.</summary>
    public static Task<ToolRun> InTerminal(int columns, ConformanceReport report) =>
        With((_, _, _) => Task.FromResult(report), _ => Task.FromResult(Known), ["verify"], CancellationToken.None, columns);

    public static async Task<ToolRun> With(
        Func<ConformanceOptions, IProgress<ConformanceProgress>, CancellationToken, Task<ConformanceReport>> verify,
        Func<CancellationToken, Task<NdctlCheckResult>> ndctl,
        string[] arguments,
        CancellationToken cancellationToken,
        int? columns = null)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(""));
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var environment = new ToolEnvironment(input, output, error, () => Substitute.For<INdctlRunner>())
        {
            Verify = verify,
            CheckNdctl = ndctl,
            IsOutputTerminal = columns is not null,
            TerminalWidth = () => columns ?? 0,
        };
        var status = await new NvdimmTool(environment).RunAsync(arguments, cancellationToken);
        return new ToolRun(status, columns is null ? output.ToString() : PseudoTerminal.Shown(output.ToString()), error.ToString());
    }
}
