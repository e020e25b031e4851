using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Tests;

/// <summary>At every width, for every capture: no line is longer than the terminal but for a word that is, and nothing of the data is broken or lost.</summary>
public sealed class WidthTests
{
    public static IEnumerable<string> Listings() => Directory.EnumerateFiles(TestFiles.PathOf("ndctl"), "list*.json", SearchOption.AllDirectories)
        .Where(path => !path.EndsWith(".expected.json", StringComparison.Ordinal))
        .Select(path => Path.GetRelativePath(TestFiles.PathOf("ndctl"), path))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Listings))]
    public async Task List_EveryWidth(string capture)
    {
        var path = TestFiles.PathOf("ndctl", capture);
        var devices = NdctlParser.Parse(await File.ReadAllBytesAsync(path)).Devices;
        for (var width = 40; width <= 200; width++)
        {
            var run = await ToolRun.InTerminal(width, "list", "--ndctl", path);
            TerminalGolden.AssertFits(run.Output, width);
            Assert.That(run.Output, Does.Not.Contain("not usable: NVDIMM_"), "a reason that has no words");
            var words = Words(run.Output);
            foreach (var device in devices)
            {
                Assert.That(words, Does.Contain(device.Name), $"{width} columns");
                Assert.That(run.Output, device.Size is { } size ? Does.Contain($"{size}") : Does.Contain("-"), $"{width} columns");
                AssertWholeOrSaid(run.Output, words, "PATH", device.Path, width);
                AssertWholeOrSaid(run.Output, words, "UUID", device.Uuid?.ToString("D"), width);
            }

            foreach (var finding in devices.SelectMany(device => device.Findings))
            {
                Assert.That(words, Does.Contain(finding.Code), $"{width} columns");
            }
        }
    }

    /// <summary>All columns are there where they are asked for, however narrow the terminal is.</summary>
    [TestCaseSource(nameof(Listings))]
    public async Task List_Wide_HidesNothing(string capture)
    {
        var run = await ToolRun.InTerminal(40, "list", "--wide", "--ndctl", TestFiles.PathOf("ndctl", capture));
        Assert.That(run.Output, Does.Not.Contain("Not shown"));
        foreach (var device in NdctlParser.Parse(await File.ReadAllBytesAsync(TestFiles.PathOf("ndctl", capture))).Devices)
        {
            var line = run.Output.Split('\n').First(line => line.StartsWith($"{device.Name} ", StringComparison.Ordinal));
            Assert.That(line.Split(' '), device.Uuid is { } uuid ? Does.Contain($"{uuid:D}") : Does.Contain("-"));
        }
    }

    [TestCase("main-02-all-modes/list-N-v.json")]
    [TestCase("power-all-modes/list-N-v.json")]
    public async Task ShowAndPlan_EveryWidth(string capture)
    {
        var path = TestFiles.PathOf("ndctl", capture);
        var devices = NdctlParser.Parse(await File.ReadAllBytesAsync(path)).Devices;
        foreach (var device in devices)
        {
            for (var width = 40; width <= 200; width += 20)
            {
                var show = await ToolRun.InTerminal(width, "show", device.Name, "--ndctl", path);
                var plan = await ToolRun.InTerminal(width, "plan", "--device", device.Name, "--ndctl", path);
                TerminalGolden.AssertFits(show.Output, width);
                TerminalGolden.AssertFits(plan.Output, width);
                foreach (var whole in new[] { device.Name, device.Path, device.Uuid?.ToString("D"), device.Size?.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture) }.OfType<string>())
                {
                    Assert.That(Words(show.Output), Does.Contain(whole), $"{width} columns\n{show.Output}");
                }

                Assert.That(plan.Status == ExitStatus.Good, Is.EqualTo(show.Output.Contains(" is free", StringComparison.Ordinal)), "usable means one thing");
                if (plan.Status == ExitStatus.Good)
                {
                    var json = await ToolRun.Of("plan", "--device", device.Name, "--ndctl", path, "--json");
                    Assert.That(Words(plan.Output), Does.Contain((string?)json.Json["devices"]![0]!["labelOffset"]).And.Contain((string?)json.Json["devices"]![0]!["guestSize"]), $"{width} columns");
                }
            }
        }
    }

    /// <summary>Real labels of a guest where another strategy had put them: the offsets are compared digit by digit, so they stay whole.</summary>
    [Test]
    public async Task LayoutCheck_EveryWidth()
    {
        using var host = new TestHost(1026, TestHost.OffsetOf1026);
        for (var width = 40; width <= 200; width += 20)
        {
            var run = await host.RunInTerminal(width, "layout", "check", "--device", "namespace0.0", "--strategy", "largest");
            run.AssertStatus(ExitStatus.Refused);
            TerminalGolden.AssertFits(run.Output, width);
            Assert.That(Words(run.Output), Does.Contain($"{TestHost.OffsetOf1026}").And.Contain("1075707904").And.Contain("NVDIMM_LAYOUT_MOVED"), $"{width} columns\n{run.Output}");
        }
    }

    [Test]
    public async Task Repair_EveryWidth()
    {
        using var host = new TestHost(1026, TestHost.OffsetOf1026);
        for (var width = 40; width <= 200; width += 20)
        {
            var run = await host.RunInTerminal(width, "repair", "--relocate-labels", "namespace0.0", "--strategy", "largest");
            run.AssertStatus(ExitStatus.Good);
            TerminalGolden.AssertFits(run.Output, width);
            Assert.That(Words(run.Output), Does.Contain($"{TestHost.OffsetOf1026}").And.Contain("1075707904"), $"{width} columns\n{run.Output}");
        }
    }

    [Test]
    public void Table_AnyCells_IsNeverBrokenInside()
    {
        var table = new TextTable(new("NAME"), new("NUMBER", 1) { IsNumber = true }, new("TEXT") { Wraps = true });
        table.Add("a-very-long-name-that-nobody-may-break", (long?)1234567890123456789, "several words that may go onto further lines");
        for (var width = 1; width <= 120; width++)
        {
            var lines = table.Lines(width, isWide: false).ToList();
            var words = Words(string.Join('\n', lines));
            Assert.That(words, Does.Contain("a-very-long-name-that-nobody-may-break").And.SupersetOf("several words that may go onto further lines".Split(' ')));
            Assert.That(words.Contains("1234567890123456789"), Is.EqualTo(table.Hidden(width, isWide: false).Count == 0), $"{width}");
            TerminalGolden.AssertFits(string.Join('\n', lines), width);
        }
    }

    [Test]
    public void Command_IsStillOneForAShell()
    {
        const string Command = "nvdimm layout accept --device 'a b  c' --state-folder /var/lib/nvdimm-extensions --finding NVDIMM_LAYOUT_MOVED";
        for (var width = 20; width <= 120; width++)
        {
            var lines = TextLines.WrapCommand(Command, width, 2).ToList();
            Assert.That(string.Join('\n', lines).Replace(" \\\n    ", " ", StringComparison.Ordinal), Is.EqualTo($"  {Command}"));
            Assert.That(lines.SkipLast(1), Is.All.EndsWith(" \\"));
        }
    }

    [Test]
    public void Width_OfWideCharacters_IsThatOfTheTerminal() => Assert.That(
        (TextLines.WidthOf("abc"), TextLines.WidthOf("日本"), TextLines.WidthOf("e\u0301")), Is.EqualTo((3, 4, 1)));

    [TestCase("en_GB.UTF-8", true)]
    [TestCase("C.utf8", true)]
    [TestCase("C", false)]
    [TestCase("POSIX", false)]
    [TestCase("de_DE.ISO-8859-1", false)]
    [TestCase(null, false)]
    public void Locale_OfUtf8_IsUnicode(string? locale, bool isUnicode) => Assert.That(Printable.IsUnicode(locale), Is.EqualTo(isUnicode));

    private static void AssertWholeOrSaid(string output, HashSet<string> words, string column, string? value, int width)
    {
        if (value is not null && !words.Contains(value))
        {
            Assert.That(output.ReplaceLineEndings(" "), Does.Match($@"Not shown: [A-Z, ]*\b{column}\b[A-Z, ]*\."), $"{width} columns: {value}");
        }
    }

    private static HashSet<string> Words(string output) => output.Split([' ', '\n', ',', '\t'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
