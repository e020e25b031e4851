using System.Text;
using CsCheck;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Tests.Ledger;

public sealed class LayoutLedgerTests : LedgerFixture
{
    private static readonly Finding Moved = Finding.Error(NvdimmCodes.LayoutMoved, ("device", "namespace0.0"), ("offset", "1"), ("planned", "2"));

    [Test]
    public void Find_InNoFolder_IsNothing()
    {
        Assert.That(Ledger.Find(Samples.Identity()), Is.EqualTo(new LayoutRecordResult(null, [])));
        Assert.That(Ledger.List().Records, Is.Empty);
        Assert.That(Ledger.Forget(Samples.Identity()), Is.Null);
    }

    [Test]
    public void Save_ThenFind_IsTheSame()
    {
        var saved = Ledger.Save(Samples.Use()).Record!;
        Assert.That(Ledger.Find(Samples.Identity()).Record, Is.EqualTo(saved));
        Assert.That((saved.Layout, saved.VmName, saved.VmId, saved.LabelHash), Is.EqualTo((Samples.Layout(), "db \"1\" é\n", "1", new string('a', 64))));
        Assert.That((saved.FirstRecorded, saved.LastChanged, saved.LastUsed), Is.EqualTo((Time.Now, (DateTimeOffset?)Time.Now, (DateTimeOffset?)Time.Now)));
        Assert.That(Directory.GetFiles(Ledger.Folder).Select(Path.GetFileName), Is.EquivalentTo([".lock", $"host-{Ledger.Host}", $"{Samples.Identity()}.json"]));
    }

    [Test]
    public void Save_Again_KeepsTheFirstTimeAndTheAcceptances()
    {
        var start = Time.Now;
        Ledger.Save(Samples.Use());
        Ledger.Accept(Samples.Identity(), "x", "y", [Moved], "root", "erased on purpose");
        Time.Now += TimeSpan.FromHours(1);
        var used = Ledger.Save(Samples.Use() with { VmName = "other" }).Record!;
        Assert.That((used.FirstRecorded, used.LastChanged, used.LastUsed), Is.EqualTo((start, (DateTimeOffset?)start, (DateTimeOffset?)Time.Now)));
        Assert.That(used.Accepted, Is.EqualTo([new AcceptedFinding
        {
            Code = Moved.Code,
            Arguments = [("offset", "1"), ("planned", "2")],
            At = start,
            By = "root",
            Note = "erased on purpose",
        }]), "labels on the device");
        var changed = Ledger.Save(Samples.Use() with { Layout = Samples.Layout(1024) }).Record!;
        Assert.That(changed.LastChanged, Is.EqualTo(Time.Now));
    }

    /// <summary>What was accepted of the ledger was for one start: after another use it would allow a layout that is wrong by then.</summary>
    [TestCase(NvdimmCodes.LayoutChanged)]
    [TestCase(NvdimmCodes.LayoutResized)]
    [TestCase(NvdimmCodes.LayoutUuidChanged)]
    [TestCase(NvdimmCodes.LayoutLabelsMissing)]
    [TestCase(NvdimmCodes.LayoutUnreadable)]
    public void Save_AfterAnAcceptanceForOneStart_UsesItUp(string code)
    {
        Ledger.Save(Samples.Use());
        Assert.That(Ledger.Accept(Samples.Identity(), "x", "y", [Finding.Error(code, ("recorded", "1"))], "root").Record!.Accepted, Has.Count.EqualTo(1));
        Assert.That(Ledger.Save(Samples.Use()).Record!.Accepted, Is.Empty);
    }

    [Test]
    public void Save_PowerLayout_KeepsTheUuid()
    {
        var use = Samples.Use() with { Layout = Samples.PowerLayout(Samples.PowerUuid), VmId = null, LabelHash = null };
        Ledger.Save(use);
        Assert.That(Ledger.Find(Samples.Identity()).Record!.Layout, Is.EqualTo(use.Layout));
    }

    [Test]
    public void Save_ContradictingFigures_IsTheCallersBug() => Assert.That(
        () => Ledger.Save(Samples.Use() with { Layout = Samples.Layout() with { LabelOffset = ByteSize.Zero } }), Throws.ArgumentException);

    [Test]
    public void Accept_WithoutRecord_KeepsItForLater()
    {
        Ledger.Accept(Samples.Identity(), "namespace0.0", "/dev/pmem0", [Moved], "root");
        Ledger.Accept(Samples.Identity(), "namespace0.0", "/dev/pmem0", [Moved], "admin");
        var record = Ledger.Find(Samples.Identity()).Record!;
        Assert.That((record.Layout, record.Accepted.Count, record.Accepted[0].By), Is.EqualTo(((DeviceLayout?)null, 1, "admin")));
        Assert.That(record.Accepts(Moved), Is.True);
        Assert.That(record.Accepts(Finding.Error(Moved.Code, ("device", "namespace7.0"), ("offset", "1"), ("planned", "2"))), Is.True, "under another kernel name");
        Assert.That(record.Accepts(Finding.Error(Moved.Code, ("device", "namespace0.0"), ("offset", "1"), ("planned", "3"))), Is.False);
        Assert.That(record.Accepts(Finding.Error(NvdimmCodes.LayoutChanged, ("offset", "1"), ("planned", "2"))), Is.False);
    }

    [Test]
    public void Accept_WhatIsWrongWithTheLedger_IsTheCallersBug() => Assert.That(
        () => Ledger.Accept(Samples.Identity(), "x", "y", [Finding.Error(NvdimmCodes.LedgerDamaged)], "root"), Throws.ArgumentException);

    [TestCase("", "(line 1, position 1)")]
    [TestCase("{", "open JSON object or array")]
    [TestCase("[]", "not an object")]
    [TestCase("{}", "'schemaVersion' is missing")]
    [TestCase("{\"schemaVersion\": 1, \"schemaVersion\": 1}", "twice")]
    [TestCase("{\"schemaVersion\": 1, \"colour\": 1}", "'colour' is not known")]
    [TestCase("{\"schemaVersion\": 01}", "leading zero")]
    [TestCase("{\"schemaVersion\": 0x1}", "'x' is an invalid end of a number")]
    [TestCase("{\"schemaVersion\": 1,}", "trailing comma")]
    [TestCase("{'schemaVersion': 1}", "''' is an invalid start of a property name")]
    [TestCase("{\n/**/}", "'/' is invalid after a value. Expected either ',', '}', or ']' (line 2, position 1)")]
    [TestCase("{\"schemaVersion\": 0}", "not a number from 1")]
    [TestCase("\0\0\0\0", "'0x00' is an invalid start of a value")]
    [TestCase("{\"schemaVersion\": [[[[[[[[[[[[]]]]]]]]]]]]}", "not a whole number")]
    public void Find_DamagedRecord_NamesTheFileAndIsNotOverwritten(string text, string detail)
    {
        Ledger.Save(Samples.Use());
        File.WriteAllText(RecordPath, text);
        var found = Ledger.Find(Samples.Identity());
        Assert.That((found.Record, found.IsReadable), Is.EqualTo(((LayoutRecord?)null, false)));
        Assert.That(found.Findings.Single().Code, Is.EqualTo(NvdimmCodes.LedgerDamaged));
        Assert.That(found.Findings.Single()["detail"], Does.Contain(detail));
        Assert.That(found.Findings.Single().Message, Does.Contain(RecordPath));
        Assert.That(Ledger.Save(Samples.Use()), Is.EqualTo(found));
        Assert.That(Ledger.Accept(Samples.Identity(), "x", "y", [Moved], "root"), Is.EqualTo(found));
        Assert.That(Ledger.List().Findings, Is.EqualTo(found.Findings));
        Assert.That(File.ReadAllText(RecordPath), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("s390x")]
    public void Find_RecordOfAnotherArchitecture_IsDamaged(string architecture)
    {
        Ledger.Save(Samples.Use());
        File.WriteAllText(RecordPath, File.ReadAllText(RecordPath).Replace("\"x86_64\"", $"\"{architecture}\"", StringComparison.Ordinal));
        Assert.That(Ledger.Find(Samples.Identity()).Findings.Single()["detail"], Does.Contain("the architecture is not known"));
    }

    [Test]
    public void Find_RecordWithAChangedDigit_ContradictsItself()
    {
        Ledger.Save(Samples.Use());
        File.WriteAllText(RecordPath, File.ReadAllText(RecordPath).Replace("404619264", "404619364", StringComparison.Ordinal));
        Assert.That(Ledger.Find(Samples.Identity()).Findings.Single()["detail"], Does.Contain("contradict"));
    }

    [Test]
    public void Find_RecordOfAnotherDevice_IsDamaged()
    {
        Ledger.Save(Samples.Use(1));
        File.Copy(Path.Combine(Ledger.Folder, $"{Samples.Identity(1)}.json"), RecordPath);
        Assert.That(Ledger.Find(Samples.Identity()).Findings.Single()["detail"], Does.Contain(Samples.Identity(1).Key));
    }

    [Test]
    public void Find_HugeRecord_IsDamagedAndNotRead()
    {
        Ledger.Save(Samples.Use());
        using (var file = File.OpenWrite(RecordPath))
        {
            file.SetLength(1L << 40);
        }

        Assert.That(Ledger.Find(Samples.Identity()).Findings.Single()["detail"], Does.Contain("more than 1048576 bytes"));
    }

    [Test]
    public void Find_NewerRecord_IsRefusedAsNewer()
    {
        Ledger.Save(Samples.Use());
        File.WriteAllText(RecordPath, "{\"schemaVersion\": 6, \"identity\": \"whatever comes\"}");
        var finding = Ledger.Find(Samples.Identity()).Findings.Single();
        Assert.That((finding.Code, finding["version"], finding["known"]), Is.EqualTo((NvdimmCodes.LedgerNewer, "6", "5")));
        Assert.That(Ledger.Save(Samples.Use()).Findings.Single(), Is.EqualTo(finding));
    }

    [Test]
    public void Find_RecordCutOffAnywhere_IsDamaged()
    {
        Ledger.Save(Samples.Use());
        var whole = File.ReadAllBytes(RecordPath);
        for (var length = 0; length < whole.Length - 2; length += 7)
        {
            File.WriteAllBytes(RecordPath, whole[..length]);
            Assert.That(Ledger.Find(Samples.Identity()).IsReadable, Is.False, $"{length} bytes");
        }
    }

    [Test]
    public void Find_AnyBytes_NeverThrows()
    {
        Ledger.Save(Samples.Use());
        var whole = File.ReadAllBytes(RecordPath);
        var mutated = Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, 3], (at, value, how) => how switch
        {
            0 => [.. whole[..at], value, .. whole[(at + 1)..]],
            1 => [.. whole[..at], value, .. whole[at..]],
            _ => (byte[])[.. whole[..at], .. whole[(at + 1)..]],
        });
        Gen.OneOf(mutated, Gen.Byte.Array[0, 200], Gen.Char["{}[]\",:0123456789aeu\\ \n"].Array[0, 60].Select(text => Encoding.UTF8.GetBytes(text))).Sample(
            bytes =>
            {
                try
                {
                    _ = RecordReader.Read(bytes);
                }
                catch (RejectedJsonException)
                {
                    // The only way out.
                }
            },
            iter: 20_000);
    }

    [Test]
    public void Forget_KeepsEveryRecordAside()
    {
        Ledger.Save(Samples.Use());
        var first = Ledger.Forget(Samples.Identity())!;
        File.WriteAllText(RecordPath, "damaged");
        var second = Ledger.Forget(Samples.Identity())!;
        Assert.That(Ledger.Find(Samples.Identity()).Record, Is.Null);
        Assert.That(RecordReader.Read(File.ReadAllBytes(first)).Identity, Is.EqualTo(Samples.Identity()));
        Assert.That(File.ReadAllText(second), Is.EqualTo("damaged"));
    }

    [Test]
    public void Export_ThenImport_IsTheSameLedger()
    {
        Ledger.Save(Samples.Use());
        Ledger.Save(Samples.Use(1));
        Ledger.Accept(Samples.Identity(1), "x", "y", [Moved], "root");
        var export = Ledger.Export();
        var other = new LayoutLedger(StateFolders.Made(Path.Combine(Folder.Path, "other")), Time);
        Assert.That(other.Import(export.Json, "a file"), Is.EqualTo(new LayoutImport(2, 0, [])));
        Assert.That(other.Import(export.Json, "a file"), Is.EqualTo(new LayoutImport(0, 2, [])));
        Assert.That(other.List().Records, Is.EqualTo(Ledger.List().Records));
    }

    [Test]
    public void Import_OfWhatDiffers_ImportsNothing()
    {
        Ledger.Save(Samples.Use());
        Ledger.Save(Samples.Use(1));
        var other = new LayoutLedger(StateFolders.Made(Path.Combine(Folder.Path, "other")), Time);
        other.Save(Samples.Use() with { Layout = Samples.Layout(1024) });
        var import = other.Import(Ledger.Export().Json, "a file");
        Assert.That((import.Added, import.Findings.Single().Code), Is.EqualTo((0, NvdimmCodes.LedgerConflict)));
        Assert.That(other.Find(Samples.Identity(1)).Record, Is.Null);
        Assert.That(other.Import("{\"schemaVersion\": 9}", "a file").Findings.Single().Code, Is.EqualTo(NvdimmCodes.LedgerNewer));
        Assert.That(other.Import("{", "a file").Findings.Single()["file"], Is.EqualTo("a file"));
    }

    /// <summary>Killed after the records are part of the ledger, and before each has its file, but for the first.</summary>
    [Test]
    public void Import_ThatWasKilled_CountsAtOnce_AndTheNextWriterCompletesIt()
    {
        Ledger.Save(Samples.Use());
        Ledger.Save(Samples.Use(1));
        var records = Ledger.List().Records;
        var killed = Killed(Path.Combine(Folder.Path, "other"));
        Assert.That((killed.List().Records, killed.Find(Samples.Identity(1)).Record), Is.EqualTo((records, records[1])));
        Assert.That(killed.FileOf(Samples.Identity(1)), Does.Not.Exist);

        killed.Save(Samples.Use(2));
        Assert.That(killed.FileOf(Samples.Identity(1)), Does.Exist);
        Assert.That(Directory.GetFiles(killed.Folder, "import*"), Is.Empty);
        Assert.That(killed.List().Records.Take(2), Is.EqualTo(records));

        killed = Killed(Path.Combine(Folder.Path, "another"));
        Assert.That(killed.Import(Ledger.Export().Json, "a file"), Is.EqualTo(new LayoutImport(0, 2, [])));
        Assert.That(Directory.GetFiles(killed.Folder, "import*"), Is.Empty);

        LayoutLedger Killed(string folder)
        {
            StateFolders.Made(folder);
            File.Copy(RecordPath, Path.Combine(folder, Path.GetFileName(RecordPath)));
            File.WriteAllText(Path.Combine(folder, "import.pending"), Ledger.Export().Json);
            return new LayoutLedger(folder, Time);
        }
    }

    /// <summary>This host's own record counts before one that does not say whose it is, whether it has its file yet or not.</summary>
    [Test]
    public void Import_ThatWasKilled_CountsBeforeAHostlessFile()
    {
        var identity = DeviceIdentity.Of(Samples.Device() with { Uuid = null });
        Ledger.Save(Samples.Use() with { Identity = identity });
        var own = Ledger.Find(identity).Record!;
        var killed = new LayoutLedger(StateFolders.Made(Path.Combine(Folder.Path, "killed")), Time);
        File.WriteAllText(Path.Combine(killed.Folder, "import.pending"), Ledger.Export().Json);
        File.WriteAllBytes(Path.Combine(killed.Folder, RecordFiles.NameOf(identity, host: null)), RecordWriter.Write(own with { Host = null, VmName = "earlier" }));
        Assert.That((killed.Find(identity).Record, killed.FileOf(identity)), Is.EqualTo((own, Path.Combine(killed.Folder, RecordFiles.NameOf(identity, killed.Host)))));
    }

    [Test]
    public void Import_ThatWasKilledAndIsDamaged_IsNotTakenForNothing()
    {
        Ledger.Save(Samples.Use());
        File.WriteAllText(Path.Combine(Ledger.Folder, "import.pending"), "{");
        Assert.That(() => Ledger.Find(Samples.Identity(1)), Throws.InstanceOf<LayoutLedgerException>().With.Message.Contains("import.pending"));
        Assert.That(() => Ledger.List(), Throws.InstanceOf<LayoutLedgerException>());
        Assert.That(() => Ledger.Save(Samples.Use(1)), Throws.InstanceOf<LayoutLedgerException>());
    }

    [Test]
    public void Save_WithLeftoversOfAKilledWriter_RemovesThem()
    {
        Ledger.Save(Samples.Use());
        File.WriteAllText(RecordPath + ".nvdimm-tmp", "{ \"schemaVer");
        Assert.That(Ledger.List().Findings, Is.Empty);
        Ledger.Save(Samples.Use(1));
        Assert.That(File.Exists(RecordPath + ".nvdimm-tmp"), Is.False);
    }

    [Test]
    public void Save_WhileAnotherWriterDoesNotEnd_IsBounded()
    {
        Ledger.Save(Samples.Use());
        var impatient = new LayoutLedger(Ledger.Folder, Time) { LockTimeout = TimeSpan.FromMilliseconds(50) };
        var failure = LockedFolder.Within(Ledger.Folder, TimeSpan.FromSeconds(1), () => Assert.Throws<LayoutLedgerException>(() => impatient.Save(Samples.Use())))!;
        Assert.That(failure.Failure, Is.EqualTo(LedgerFailure.Locked));
        Assert.That(impatient.Save(Samples.Use()).IsReadable, Is.True);
    }

    /// <summary>Needs root, for a small file system of its own.</summary>
    [Test]
    public void Save_OnAFullDisk_SaysSoAndKeepsTheOldRecord()
    {
        var disk = Directory.CreateDirectory(Path.Combine(Folder.Path, "disk")).FullName;
        if (Environment.UserName != "root" || RealProgram.Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk).ExitCode != 0)
        {
            RealProgram.Unavailable("A tmpfs cannot be mounted here: needs root");
        }

        try
        {
            var full = new LayoutLedger(StateFolders.Made(disk), Time);
            var before = full.Save(Samples.Use()).Record;
            Assert.That(() => File.WriteAllBytes(Path.Combine(disk, "filler"), new byte[1 << 20]), Throws.InstanceOf<IOException>());
            var failure = Assert.Throws<LayoutLedgerException>(() => full.Save(Samples.Use() with { VmName = "other" }));
            Assert.That(failure!.Failure, Is.EqualTo(LedgerFailure.WriteFailed));
            Assert.That(full.Find(Samples.Identity()).Record, Is.EqualTo(before));
            Assert.That(Directory.GetFiles(disk, "*.nvdimm-tmp"), Is.Empty);
            File.Delete(Path.Combine(disk, "filler"));
            Assert.That(full.Save(Samples.Use() with { VmName = "other" }).Record!.VmName, Is.EqualTo("other"));
        }
        finally
        {
            Assert.That(RealProgram.Run("umount", disk).ExitCode, Is.Zero);
        }
    }

    [Test]
    public void Identity_IsTheStrongestThatThereIs()
    {
        var device = new NvdimmDevice { Name = "namespace0.0", RawUuid = Samples.Uuid(3), Uuid = Guid.Empty };
        var file = new NvdimmDevice { Name = "/mnt/vm1.img", File = new BackingFile(new FileIdentity(Samples.Uuid(4), ulong.MaxValue, 0xAB), IsDax: true) };
        DeviceIdentity[] keys =
        [
            .. new[]
            {
                Samples.Device(), device, device with { RawUuid = null }, device with { RawUuid = null, Name = "../../etc/passwd" }, file,
                file with { File = new BackingFile(new FileIdentity(Samples.Uuid(4), 0, uint.MaxValue), IsDax: true) },
                file with { File = new BackingFile(Identity: null, IsDax: true) },
                Samples.Device().With(Finding.Error(NvdimmCodes.DaxSizeMismatch)), device.With(Finding.Error(NvdimmCodes.DaxSizeMismatch)),
            }.Select(DeviceIdentity.Of),
        ];
        Assert.That(keys.Select(key => key.Kind), Is.EqualTo(
        [
            DeviceIdentityKind.Uuid, DeviceIdentityKind.RawUuid, DeviceIdentityKind.KernelName, DeviceIdentityKind.KernelName,
            DeviceIdentityKind.File, DeviceIdentityKind.File, DeviceIdentityKind.KernelName, DeviceIdentityKind.KernelName, DeviceIdentityKind.KernelName,
        ]));
        Assert.That(keys.Select(key => key.Key[..5]), Is.EqualTo(["uuid-", "raw-0", "name-", "name~", "file-", "file-", "name~", "name-", "name-"]));
        Assert.That(keys[4].Key, Is.EqualTo($"file-{Samples.Uuid(4):D}-18446744073709551615-000000ab"));
        Assert.That(keys[5].Key, Is.EqualTo($"file-{Samples.Uuid(4):D}-0-ffffffff"));
        foreach (var key in keys)
        {
            Assert.That(DeviceIdentity.TryParse(key.Key, out var parsed) ? parsed : null, Is.EqualTo(key));
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("uuid-")]
    [TestCase("name-../x")]
    [TestCase("uuid-8EF81800-82b6-40ad-8962-6f0412bab47d")]
    [TestCase("name-a\n")]
    [TestCase("file-")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d-12")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d--000000ab")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d-012-000000ab")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d-+12-000000ab")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d-12-000000AB")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d-12-0000ab")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d-12.000000ab")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d-18446744073709551616-000000ab")]
    [TestCase("file-8EF81800-82b6-40ad-8962-6f0412bab47d-12-000000ab")]
    [TestCase("file-8ef81800-82b6-40ad-8962-6f0412bab47d/12-000000ab")]
    public void Identity_OfAnythingElse_IsNone(string? key) => Assert.That(DeviceIdentity.TryParse(key, out _), Is.False);
}
