using System.Text.RegularExpressions;
using NSubstitute;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Tests;

public sealed class ManualPageTests
{
    [Test]
    public void ManualPage_SaysWhatTheToolDoes()
    {
        using var input = new MemoryStream();
        var tool = new NvdimmTool(new ToolEnvironment(input, TextWriter.Null, TextWriter.Null, () => Substitute.For<INdctlRunner>()));
        Golden.AssertMatches(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Cli", "nvdimm.1"), ManualPage.Of(tool.Root));
    }

    [Test]
    public void ManualPageOfTheHooks_NamesEveryPoint() => Assert.That(
        Regex.Matches(File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Hook", "nvdimm-hook.8")), "(?:before|after)_[a-z_]+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Value).Distinct(StringComparer.Ordinal),
        Is.EquivalentTo(Installation.HookPoints.All));
}
