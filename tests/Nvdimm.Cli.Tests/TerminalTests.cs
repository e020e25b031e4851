using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Cli.Tests;

/// <summary>What a person sees, in real pseudo-terminals of several widths.</summary>
public sealed class TerminalTests
{
    private static string Modes => Path.GetDirectoryName(ToolRun.Modes)!;

    [TestCase("list", "list")]
    [TestCase("list-wide", "list", "--wide")]
    [TestCase("show-free", "show", "namespace4.0")]
    [TestCase("show-too-small", "show", "namespace1.2")]
    [TestCase("plan-free", "plan", "--device", "namespace4.0", "namespace6.1")]
    [TestCase("plan-too-small", "plan", "--device", "namespace1.0")]
    [TestCase("plan-unknown", "plan", "--device", "namespace40")]
    public void CommandsThatList(string golden, params string[] arguments) => TerminalGolden.AssertMatches(golden, Modes, [.. arguments, "--ndctl", "list-N-v.json", "--arch", "x86_64"]);

    [Test]
    public void Plan_OfAVm() => TerminalGolden.AssertMatches("plan-vm", Modes, ["plan", "--ndctl", "list-N-v.json", "--device", "namespace6.1", "--vm", "../../vm/vm.example.json"]);

    [TestCase("size-warning", "size", "--arch", "x86_64", "--device-size", "526385152", "--align", "2MiB", "--strategy", "largest", "--memory", "4GiB")]
    [TestCase("size-refused", "size", "--arch", "x86_64", "--device-size", "128MiB")]
    public void Size(string golden, params string[] arguments) => TerminalGolden.AssertMatches(golden, Modes, arguments);

    [Test]
    public void Check_SaysEachSentenceOnce() => TerminalGolden.AssertMatches(
        "check-attach",
        Modes,
        ["check", "attach", "--vm", "../../vm/vm.example.json", "--ndctl", "list-N-v.json", "--device", "namespace1.0", "namespace1.1", "namespace1.2"]);

    [Test]
    public void Layouts_OfTheLedger()
    {
        using var folder = new TemporaryFolder();
        var ledger = new LayoutLedger(StateFolders.Made(folder.PathOf("state")), new FixedTime());
        for (var number = 10; number >= 2; number -= 4)
        {
            ledger.Save(Samples.Use(number));
        }

        TerminalGolden.AssertMatches("layout-show", folder.Path, ["layout", "show", "--state-folder", "state"]);
    }

    [Test]
    public void Layouts_WithoutALedger_SayWhere() => TerminalGolden.AssertMatches("layout-show-none", Modes, ["layout", "show", "--state-folder", "/nonexistent/state"]);

    [Test]
    public void Host_Status()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("root"));
        TerminalGolden.AssertMatches("host-status", folder.Path, ["host", "status", "--root", "root"]);
    }

    /// <summary>In the C locale a terminal gets nothing beyond ASCII, whatever a namespace is called.</summary>
    [Test]
    public void CLocale_IsAscii()
    {
        var (status, screen) = TerminalGolden.Run(200, Modes, "C", "list", "--ndctl", "list-N-v.json");
        Assert.That(status, Is.Zero, screen);
        Assert.That(screen, Does.Contain(@"log dev \u00E9").And.Match(@"\A[\x00-\x7F]*\z"));
        Assert.That(TerminalGolden.Run(200, Modes, "C.UTF-8", "list", "--ndctl", "list-N-v.json").Screen, Does.Contain("log dev é"));
    }
}
