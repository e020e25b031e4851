using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

public sealed class DocumentExamplesTests
{
    [Test]
    public void Documents_ShowTheCodeThatIsCompiled() => ShownExamples.AssertShown("Nvdimm.Cli.Tests", "DocumentExamples.cs");

    [TestCase(4, "0x120000000")]
    [TestCase(2048, null)]
    public void BaseOfADimm_OnlyWhereItIsNeeded(long alignKiB, string? expected)
    {
        var layout = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(512)) { Align = Alignment.FromKiB(alignKiB) });
        Assert.That(DocumentExamples.BaseOfADimm(layout, ByteSize.FromMiB(512), ByteSize.FromGiB(4), ByteSize.FromMiB(128)), Is.EqualTo(expected));
    }
}
