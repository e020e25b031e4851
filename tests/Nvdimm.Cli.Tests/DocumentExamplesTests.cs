using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

public sealed class DocumentExamplesTests
{
    [Test]
    public void Documents_ShowTheCodeThatIsCompiled() => ShownExamples.AssertShown("Nvdimm.Cli.Tests", "DocumentExamples.cs");

    /// <summary>The story in LAYOUTS.md, on a device that has its labels where oVirt's strategy puts them.</summary>
    [Test]
    public async Task Layouts_TheStoryOfALayout_GoesAsItSays()
    {
        using var host = new TestHost(1026, TestHost.OffsetOf1026);
        var document = await File.ReadAllTextAsync(Path.Combine(TestFiles.RepositoryRoot, "src/Nvdimm.Extensions.Host/Guard/LAYOUTS.md"));
        var story = document.Split("```console\n").Single(block => block.StartsWith("nvdimm layout record", StringComparison.Ordinal)).Split("```")[0];
        var statuses = new List<int>();
        foreach (var line in story.Trim().Split('\n'))
        {
            var words = line.Split('#')[0].Replace("vm.json", TestFiles.PathOf("vm", "vm.example.json"), StringComparison.Ordinal);
            statuses.Add((await host.Run(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])).Status);
        }

        Assert.That(statuses, Is.EqualTo(new[] { 0, 3, 0, 0, 0, 0, 0, 0 }));
    }

    [TestCase(4, "0x120000000")]
    [TestCase(2048, null)]
    public void BaseOfADimm_OnlyWhereItIsNeeded(long alignKiB, string? expected)
    {
        var layout = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(512)) { Align = Alignment.FromKiB(alignKiB) }).Layout!;
        Assert.That(DocumentExamples.BaseOfADimm(layout, ByteSize.FromMiB(512), ByteSize.FromGiB(4), ByteSize.FromMiB(128)), Is.EqualTo(expected));
    }
}
