namespace Nvdimm.Packages.Tests;

/// <summary>The test that the readme of Nvdimm.Extensions.Testing shows is one of this project.</summary>
public sealed class TestingReadmeTests
{
    [Test]
    public void Readme_ShowsTheTestThatRuns() => ShownExamples.AssertShown("Nvdimm.Packages.Tests", "LostAnswerTests.cs");
}
