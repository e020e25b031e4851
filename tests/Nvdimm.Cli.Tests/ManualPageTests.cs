using System.Text.RegularExpressions;
using Nvdimm.Cli.Help;

namespace Nvdimm.Cli.Tests;

public sealed class ManualPageTests
{
    private static readonly string Folder = Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Cli", "man");
    private static readonly string OfTheHooks = Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Hook", "nvdimm-hook.8");

    private static string[] Pages => [.. Directory.GetFiles(Folder).Append(OfTheHooks)];

    [Test]
    public void ManualPages_SayWhatTheToolDoes()
    {
        var pages = ManualPage.All(ToolRun.Commands()).ToList();
        if (Environment.GetEnvironmentVariable("NVDIMM_UPDATE_GOLDEN") == "1")
        {
            pages.ForEach(page => File.WriteAllText(Path.Combine(Folder, $"{page.Name}.1"), page.Text));
            Assert.Fail($"Rewrote {Folder}; review it and run without NVDIMM_UPDATE_GOLDEN");
        }

        Assert.That(Directory.GetFiles(Folder).Select(Path.GetFileName), Is.EquivalentTo(pages.Select(page => $"{page.Name}.1")));
        foreach (var (name, text) in pages)
        {
            Golden.AssertMatches(Path.Combine(Folder, $"{name}.1"), text);
        }
    }

    /// <summary>Whatever makes the pages: no command, option or exit status is missing in them.</summary>
    [Test]
    public void ManualPages_HaveEveryOptionAndChapter()
    {
        foreach (var command in CommandTree.Shown(ToolRun.Commands()))
        {
            var page = File.ReadAllText(Path.Combine(Folder, $"{HelpText.ManualName(command.Name)}.1"));
            foreach (var option in CommandTree.Shown(command).Append(command).SelectMany(CommandTree.Options))
            {
                Assert.That(page, Does.Contain(option.Name.Replace("-", "\\-", StringComparison.Ordinal)), $"{command.Name} {option.Name}");
            }

            foreach (var below in CommandTree.Shown(command))
            {
                Assert.That(page, Does.Contain($".SS nvdimm {command.Name} {below.Name.Replace("-", "\\-", StringComparison.Ordinal)}\n"));
            }

            foreach (var chapter in new[] { "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES", "ENVIRONMENT", "SEE ALSO" })
            {
                Assert.That(page, Does.Contain($"\n.SH {chapter}\n"), command.Name);
            }
        }
    }

    [TestCaseSource(nameof(Pages))]
    public void ManualPage_IsCleanForMandoc(string page)
    {
        RealProgram.Require("mandoc", "mandoc");
        var (status, output, error) = RealProgram.Run("mandoc", "-T", "lint", "-W", "warning", page);
        Assert.That((status, output + error), Is.EqualTo((0, "")));
    }

    [TestCaseSource(nameof(Pages))]
    public void ManualPage_IsShownByMan(string page)
    {
        RealProgram.Require("man", "man-db");
        var (status, output, error) = RealProgram.Run("/usr/bin/env", "MANWIDTH=80", "MANROFFSEQ=", "man", "--warnings", "-E", "UTF-8", "-l", page);
        Assert.That((status, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.Contain("EXIT STATUS"));
    }

    [Test]
    public void ManualPageOfTheHooks_NamesEveryPoint() => Assert.That(
        Regex.Matches(File.ReadAllText(OfTheHooks), "(?:before|after)_[a-z_]+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Value).Distinct(StringComparer.Ordinal),
        Is.EquivalentTo(Installation.HookPoints.All));
}
