using NSubstitute;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Tests;

public sealed class UsageTests
{
    private static readonly string[][] Wrong =
    [
        ["frob"],
        ["list", "extra"],
        ["list", "--frob"],
        ["list", "--ndctl"],
        ["list", "--ndctl", "a", "--ndctl", "b"],
        ["list", "--format", "yaml"],
        ["list", "--format", "JSON"],
        ["list", "--json", "--format", "table"],
        ["size"],
        ["size", "--arch", "x86_64"],
        ["size", "--device-size", "1GiB"],
        ["size", "--arch", "", "--device-size", "1GiB"],
        ["size", "--arch", "x86_64", "--device-size", "-5"],
        ["size", "--arch", "x86_64", "--device-size", "12MB"],
        ["size", "--arch", "x86_64", "--device-size", "12M"],
        ["size", "--arch", "x86_64", "--device-size", "1.5"],
        ["size", "--arch", "x86_64", "--device-size", ""],
        ["size", "--arch", "x86_64", "--device-size", "9223372036854775808"],
        ["size", "--arch", "x86_64", "--device-size", "8EiB"],
        ["size", "--arch", "x86_64", "--device-size", "1GiB", "--align", "0"],
        ["size", "--arch", "x86_64", "--device-size", "1GiB", "--align", "x"],
        ["size", "--arch", "x86_64", "--device-size", "1GiB", "--page-size", "0"],
        ["size", "--arch", "x86_64", "--device-size", "1GiB", "--strategy", "best"],
        ["plan"],
        ["plan", "--device"],
        ["plan", "--device", "a", "--format", "vdsm"],
        ["plan", "--device", "a", "--vm", "v", "--domain-xml", "d"],
        ["plan", "--device", "a", "--vm", "v", "--arch", "ppc64"],
        ["plan", "--device", "a", "--ndctl", "-", "--vm", "-"],
        ["plan", "--device", "a", "--json", "--format", "xml"],
        ["check"],
        ["check", "start"],
        ["check", "--vm", "v"],
        ["check", "HotPlug", "--vm", "v"],
        ["check", "start", "--vm", "-", "--ndctl", "-"],
    ];

    [TestCaseSource(nameof(Wrong))]
    public async Task WrongCommandLine_Is2AndSaysWhy(params string[] arguments)
    {
        var runner = Substitute.For<INdctlRunner>();
        var run = await ToolRun.With(runner, arguments);
        run.AssertStatus(ExitStatus.Usage);
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Match(@"\Anvdimm: [^\n]+ (See 'nvdimm help[^']*'\.|Did you mean [^\n]+\?)\n\z"));
        Assert.That(runner.ReceivedCalls(), Is.Empty);
    }

    [TestCase("--help", "snapshot")]
    [TestCase("list --help", "--ndctl FILE|-")]
    [TestCase("size -h", "--label-size")]
    [TestCase("plan --help", "--domain-xml")]
    [TestCase("check --help", "snapshot-with-memory")]
    [TestCase("layout --help", "forget")]
    [TestCase("layout accept --help", "ambiguous")]
    [TestCase("repair --help", "--restore-labels BACKUP")]
    public async Task Help_IsOnStandardOutput(string arguments, string expected)
    {
        var run = await ToolRun.Of(arguments.Split(' '));
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Output, arguments == "--help" ? Does.Contain("130  Interrupted with Ctrl-C.") : Does.Contain(expected));
    }

    [Test]
    public async Task Version_IsOneLine()
    {
        var run = await ToolRun.Of("--version");
        run.AssertStatus(ExitStatus.Good);
        Assert.That(run.Output, Does.Match(@"\A\d+\.\d+\.\d+\S*\n\z"));
    }

    [Test]
    public async Task ArgumentWithAt_IsNoFileOfArguments()
    {
        var run = await ToolRun.Of("list", "--ndctl", "@missing");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Error, Does.StartWith("nvdimm: @missing cannot be read: "));
    }
}
