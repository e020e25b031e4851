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
}
