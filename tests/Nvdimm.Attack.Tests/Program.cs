using NSubstitute;
using Nvdimm.Cli;
using Nvdimm.Cli.Terminal;
using Nvdimm.DevEngine.Hosts;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Attack.Tests;

/// <summary>
/// The tool on a host below a folder, the first argument, with a check of libvirt and QEMU that is done: what is attacked is how its outcome is recorded.
/// </summary>
internal static class Program
{
    private static readonly ConformanceReport Report = new(
        ConformanceScope.QemuAlone,
        [new ProbedProgram("qemu x86_64", "7.2.22", "/bin/true")],
        [],
        Seed: 1,
        [new ConformanceGroup(GuestArchitecture.X86_64, Alignment.FromMiB(2), 12, 12, 0, 0, 0)],
        []);

    public static Task<int> Main(string[] arguments)
    {
        StandardOutput.Use();
        var environment = new ToolEnvironment(Stream.Null, Console.Out, Console.Error, () => Substitute.For<INdctlRunner>())
        {
            Root = arguments[0],
            Verify = (_, _, _) => Task.FromResult(Report),
            CheckNdctl = _ => Task.FromResult(new NdctlCheckResult("76.1", 0, [])),
        };
        return new NvdimmTool(environment).RunAsync(arguments[1..], CancellationToken.None);
    }
}
