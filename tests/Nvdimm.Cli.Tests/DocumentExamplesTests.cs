namespace Nvdimm.Cli.Tests;

public sealed class DocumentExamplesTests
{
    [Test]
    public void Documents_ShowTheCodeThatIsCompiled() => ShownExamples.AssertShown("Nvdimm.Cli.Tests", "DocumentExamples.cs");
}
