namespace Nvdimm.Attack.Tests.Faults;

/// <summary>The sweep finds what is wrong, and nothing where nothing is: small programs with one defect each.</summary>
[Category("faults")]
public sealed class FaultSweepTests
{
    private const string Whole = "printf '{\"a\":1}' >\"$1/file.tmp\" && mv \"$1/file.tmp\" \"$1/file.json\"";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        RealProgram.Require("strace", "strace");
        folder = new TemporaryFolder();
        folder.Write("work/other", "forbidden\n");
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void WholeFile_Holds() => Assert.That(Sweep(Whole).Won, Is.Empty);

    [Test]
    public void FileWrittenInTwoSteps_IsTorn() =>
        Assert.That(Sweep("printf '{\"a\":' >\"$1/file.json\" && printf '1}' >>\"$1/file.json\"").TornParts, Is.Not.Empty);

    [Test]
    public void FailureBehindTheWork_IsToldUntruly() => Assert.That(Sweep($"{Whole} && cat \"$1/other\"").Untrue, Is.Not.Empty);

    [Test]
    public void FailureThatIsPassedOver_IsToldUntruly() => Assert.That(Sweep($"{Whole}; exit 0").Untrue, Is.Not.Empty);

    [Test]
    public void TemporaryFileWithANameOfItsOwn_IsLeftOver() =>
        Assert.That(Sweep("printf '{\"a\":1}' >\"$1/$$.tmp\" && mv \"$1/$$.tmp\" \"$1/file.json\"").LeftOver, Is.Not.Empty);

    [Test]
    public void WorkThatIsNotRepeated_IsLeftOver() =>
        Assert.That(Sweep($"[ ! -e \"$1/begun\" ] || exit 0; : >\"$1/begun\"; {Whole}").LeftOver, Is.Not.Empty);

    [Test]
    public void RefusalThatNeedsAFile_IsRefused() => Assert.That(Sweep("grep -q allowed \"$1/other\" && exit 0; exit 1", mustRefuse: true).Won, Is.Empty);

    [Test]
    public void RefusalThatTakesAFailureForNothing_IsAllowed() =>
        Assert.That(Sweep("grep -q forbidden \"$1/other\" && exit 1; exit 0", mustRefuse: true).Allowed, Is.Not.Empty);

    private FaultSweep Sweep(string script, bool mustRefuse = false)
    {
        var work = folder.PathOf("work");
        using var files = new AttackedFiles([work], []);
        return FaultSweep.Of(new AttackedCommand(["/bin/sh", "-c", script, "sh", work], files, work) { MustRefuse = mustRefuse }, most: 60);
    }
}
