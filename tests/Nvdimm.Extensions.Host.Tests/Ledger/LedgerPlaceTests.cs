using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Ledger;

/// <summary>What else can be where a record should be, and beside it.</summary>
public sealed class LedgerPlaceTests : LedgerFixture
{
    [Test]
    public void List_EntryThatIsNoFile_IsNamedAndCostsNoOther()
    {
        Ledger.Save(Samples.Use());
        var odd = Path.Combine(Ledger.Folder, $"{Samples.Identity(1)}.json");
        Directory.CreateDirectory(odd);
        var listing = Ledger.List();
        Assert.That(listing.Records.Select(record => record.Identity), Is.EqualTo([Samples.Identity()]));
        Assert.That(listing.Findings.Single().Message, Does.StartWith($"The ledger cannot be read: {odd}: ").And.Not.Contains(".."));
        Assert.That((Ledger.FileOf(Samples.Identity(1)), Ledger.FileOf(Samples.Identity(2))), Is.EqualTo((Path.Combine(Ledger.Folder, $"{Samples.Identity(1)}.json"), (string?)null)));
        Assert.That(Directory.Exists(Ledger.Forget(Samples.Identity(1))), Is.True);
        Assert.That((Ledger.List().Findings.Count, Ledger.Forget(Samples.Identity(1))), Is.EqualTo((0, (string?)null)));
    }

    /// <summary>That there is no record allows a start: it has to be sure.</summary>
    [Test]
    public void Find_WhereTheRecordIsOutOfReach_IsNotTakenForNone()
    {
        foreach (var target in new[] { "/nothing/here", RecordPath })
        {
            File.CreateSymbolicLink(RecordPath, target);
            Assert.That(() => Ledger.Find(Samples.Identity()), Throws.TypeOf<LayoutLedgerException>().With.Message.Contains(target));
            File.Delete(RecordPath);
        }

        var (file, unmounted) = (Path.Combine(Folder.Path, "file"), Path.Combine(Folder.Path, "unmounted"));
        File.WriteAllText(file, "");
        File.CreateSymbolicLink(unmounted, "/nothing/mounted/here");
        foreach (var bad in new[] { file, unmounted, Path.Combine(unmounted, "state") })
        {
            var other = new LayoutLedger(bad, Time);
            Assert.That(() => other.Find(Samples.Identity()), Throws.TypeOf<LayoutLedgerException>(), bad);
            Assert.That(() => new DeviceClaims(bad, Time).Find(Samples.Identity()), Throws.TypeOf<LayoutLedgerException>(), bad);
        }

        Assert.That(new LayoutLedger(Path.Combine(Folder.Path, "not", "yet"), Time).Find(Samples.Identity()).Record, Is.Null);
    }

    /// <summary>A pipe in place of a file waits for the other end, for ever.</summary>
    [Test]
    public void Find_PipeInPlaceOfTheRecordOrTheLock_DoesNotWait()
    {
        Ledger.Save(Samples.Use());
        File.Delete(RecordPath);
        Assert.That(RealProgram.Run("mkfifo", RecordPath).ExitCode, Is.Zero);
        Assert.That(Ledger.Find(Samples.Identity()).Findings.Single().Code, Is.EqualTo(NvdimmCodes.LedgerDamaged));
        Assert.That(Ledger.List().Findings, Has.Count.EqualTo(1));
        Ledger.Forget(Samples.Identity());
        var theLock = Path.Combine(Ledger.Folder, ".lock");
        File.Delete(theLock);
        Assert.That(RealProgram.Run("mkfifo", theLock).ExitCode, Is.Zero);
        Assert.That(Ledger.Save(Samples.Use()).IsReadable, Is.True);
    }

    [Test]
    public void Forget_LinkThatLeadsNowhere_PutsTheLinkAside()
    {
        Ledger.Save(Samples.Use());
        File.Delete(RecordPath);
        File.CreateSymbolicLink(RecordPath, "/nothing/here");
        Assert.That(Ledger.FileOf(Samples.Identity()), Is.Not.Null);
        Assert.That(new FileInfo(Ledger.Forget(Samples.Identity())!).LinkTarget, Is.EqualTo("/nothing/here"));
    }

    [Test]
    public void Save_InAFolderOfOthers_LeavesTheirFilesAlone()
    {
        var foreign = Path.Combine(Folder.Path, "thesis.tmp");
        File.WriteAllText(foreign, "years of work");
        new LayoutLedger(StateFolders.Made(Folder.Path), Time).Save(Samples.Use());
        Assert.That(File.Exists(foreign), Is.True);
    }

    [Test]
    public void Find_ChecksumInUpperCase_IsDamaged()
    {
        Ledger.Save(Samples.Use() with { LabelSum = new string('b', 32) });
        File.WriteAllText(RecordPath, File.ReadAllText(RecordPath).Replace(new string('b', 32), new string('B', 32), StringComparison.Ordinal));
        Assert.That(Ledger.Find(Samples.Identity()).Findings.Single()["detail"], Does.Contain("the hash is none"));
    }
}
