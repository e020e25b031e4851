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
    private static readonly ConformanceReport Report = new()
    {
        Scope = ConformanceScope.QemuAlone,
        Programs = [new ProbedProgram("qemu x86_64", "7.2.22", "/bin/true")],
        Binaries = [],
        Seed = 1,
        Groups = [new ConformanceGroup
            {
                Architecture = GuestArchitecture.X86_64,
                Align = Alignment.FromMiB(2),
                Cases = 12,
                Conforming = 12,
                AlignOnly = 0,
                NotProbed = 0,
                Mismatches = 0,
            }],
        Mismatches = [],
    };

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
