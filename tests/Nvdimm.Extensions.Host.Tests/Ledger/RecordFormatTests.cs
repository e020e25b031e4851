using System.Reflection;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Tests.Ledger;

/// <summary>The versions of the format, and that no field is lost.</summary>
public sealed class RecordFormatTests : LedgerFixture
{
    private static readonly Finding Moved = Finding.Error(
        NvdimmCodes.LayoutMoved,
        ("device", "namespace0.0"),
        ("offset", "4096"),
        ("planned", "0"),
        ("by", "a text of this version"),
        ("labels", "bb"));

    private static readonly string[] Since4 =
        ["labelUuids", "contentUuid", "mode", "interleaveSet", "dimms", "host", "ownedSince", "ownedBy", "replacedBy", "distinctFrom"];

    private static IEnumerable<string> UseProperties =>
        typeof(LayoutUse).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)
            .Where(name => name is not (nameof(LayoutUse.VmName) or nameof(LayoutUse.VmId)));

    /// <summary>As commit 5c6622e wrote it; version 1 had no labelSum.</summary>
    [TestCase(1)]
    [TestCase(2)]
    public void EarlierVersion_IsRead_AndWrittenAnewAtTheNextChange(int version)
    {
        Folder.Write($"var/ledger/{Samples.Identity()}.json", Earlier(version));
        var record = Ledger.Find(Samples.Identity()).Record!;
        Assert.That((record.Layout, record.LabelHash, record.VmName), Is.EqualTo((Samples.Layout(), new string('a', 64), "db")));
        Assert.That(record.LabelSum, Is.EqualTo(version == 1 ? null : new string('b', 32)));
        Assert.That((record.LabelSizes, record.Sharing), Is.EqualTo(((ValueList<ByteSize>?)null, (DeviceSharing?)null)));
        Assert.That(record.Accepts(Moved), Is.True, "its evidence had the English text of that version");
        Assert.That(record.Accepts(Moved with { Arguments = [("offset", "8192"), ("planned", "0"), ("labels", "bb")] }), Is.False);

        var touched = Ledger.Touch(record.Identity, record.Name, record.Path, record.LabelHash, record.LabelSum, labelUuids: null).Record!;
        Assert.That(touched, Is.EqualTo(record with { LastUsed = Time.Now, Host = Ledger.Host }));
        var text = File.ReadAllText(RecordPath);
        Assert.That(text, Does.StartWith("{\n  \"schemaVersion\": 5,\n").And.Contain("\"sharing\": null").And.Contain("\"labelSizes\": null"));
        Assert.That(text, Does.Not.Contain("a text of that version"));
        Assert.That(Ledger.Find(Samples.Identity()).Record, Is.EqualTo(touched));
    }

    [TestCase(1, "labelSum", "'labelSum' is not known")]
    [TestCase(2, "sharing", "'sharing' is not known")]
    [TestCase(3, "sharing", "'sharing' is missing")]
    [TestCase(3, "labelSizes", "'labelSizes' is missing")]
    [TestCase(2, "labelSum", "'labelSum' is missing")]
    [TestCase(3, "host", "'host' is not known")]
    [TestCase(3, "replacedBy", "'replacedBy' is not known")]
    [TestCase(4, "dirtyShutdowns", "'dirtyShutdowns' is not known")]
    [TestCase(5, "dirtyShutdowns", "'dirtyShutdowns' is missing")]
    public void Keys_AreThoseOfTheVersion(int version, string key, string detail)
    {
        Ledger.Save(Samples.Use());
        var isTooMany = detail.EndsWith("known", StringComparison.Ordinal);
        var later = new[] { ("labelSum", 2), ("labelSizes", 3), ("rawUuid", 3), ("sharing", 3) }
            .Concat(Since4.Select(field => (field, 4))).Append(("dirtyShutdowns", 5)).ToList();
        var lines = File.ReadAllLines(RecordPath).Where(line => !later.Any(field => line.Contains($"\"{field.Item1}\"", StringComparison.Ordinal))).ToList();
        var present = later.Where(field => field.Item1 == key ? isTooMany : field.Item2 <= version).Select(field => $"  \"{field.Item1}\": {(field.Item1 is "dimms" or "distinctFrom" ? "[]" : "null")},");
        lines.InsertRange(2, present);
        File.WriteAllLines(RecordPath, lines.Select(line => line.Replace("\"schemaVersion\": 5", $"\"schemaVersion\": {version}", StringComparison.Ordinal)));
        Assert.That(Ledger.Find(Samples.Identity()).Findings.Single()["detail"], Does.Contain(detail));
    }

    [TestCase("{\"identity\": \"x\", \"schemaVersion\": 3}", "'identity' stands before 'schemaVersion'")]
    [TestCase("{\"schemaVersion\": 3}", "'identity' is missing")]
    [TestCase("{\"schemaVersion\": 5, \"sharing\": {\"vms\": [\"a\", 1]}}", "'vms' is not a text")]
    [TestCase("{\"schemaVersion\": 5, \"sharing\": {\"vms\": [], \"vms\": []}}", "'vms' stands twice")]
    [TestCase("{\"schemaVersion\": 5, \"sharing\": {}}", "'vms' is missing")]
    [TestCase("{\"schemaVersion\": 5, \"labelSizes\": [-1]}", "not a number from 0")]
    public void DamagedText_SaysWhere(string text, string detail)
    {
        Folder.Write($"var/ledger/{Samples.Identity()}.json", text);
        Assert.That(Ledger.Find(Samples.Identity()).Findings.Single()["detail"], Does.Contain(detail));
    }

    [Test]
    public void RecordWithEveryField_SurvivesEverything()
    {
        var full = Full();
        foreach (var property in typeof(LayoutRecord).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var value = property.GetValue(full);
            var unset = property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : "";
            Assert.That(value, Is.Not.Null.And.Not.EqualTo(unset), property.Name);
            Assert.That(value is not System.Collections.IEnumerable items || items.Cast<object>().Any(), Is.True, property.Name);
        }

        Assert.That(Ledger.Find(full.Identity).Record, Is.EqualTo(full), "written and read");
        Assert.That(Ledger.Touch(full.Identity, full.Name, full.Path, full.LabelHash, full.LabelSum, full.LabelUuids).Record, Is.EqualTo(full));
        Assert.That(Ledger.Accept(full.Identity, full.Name, full.Path, [Moved], "root", "known").Record, Is.EqualTo(full));
        var used = full with { ReplacedBy = null };
        Assert.That(full.IsSameUse(UseOf(full)), Is.False, "it is in its place again");
        Assert.That(Ledger.Save(UseOf(full)).Record, Is.EqualTo(used));
        Assert.That(used.IsSameUse(UseOf(full)), Is.True);
    }

    /// <summary>Each value that a use has but the VM, alone another one: it is in the record afterwards, whatever was there.</summary>
    [TestCaseSource(nameof(UseProperties))]
    public void Save_TakesEveryValueOfAUse(string name)
    {
        var full = Ledger.Save(UseOf(Full())).Record!;
        var use = UseOf(full);
        var property = typeof(LayoutUse).GetProperty(name)!;
        property.SetValue(use, Another(property));
        Assert.That(full.IsSameUse(use), Is.EqualTo(name.StartsWith("Label", StringComparison.Ordinal)), "labels change while a guest runs");
        var saved = Ledger.Save(use).Record!;
        Assert.That(typeof(LayoutRecord).GetProperty(name)!.GetValue(saved), Is.EqualTo(property.GetValue(use)));
        Assert.That(Ledger.Find(use.Identity).Record, Is.EqualTo(saved));
    }

    /// <summary>trials/guard.md 1: recording a layout, or a start that the permission to share allows, takes the device from nobody.</summary>
    [TestCase("web", "2")]
    [TestCase(null, null)]
    public void Save_LeavesTheOwner(string? name, string? id)
    {
        var owned = Ledger.Save(Samples.Use()).Record!;
        Assert.That((owned.OwnedBy, owned.OwnedSince), Is.EqualTo((OwnershipAct.FirstUse, Time.Now)));
        Time.Now += TimeSpan.FromHours(1);
        var saved = Ledger.Save(Samples.Use() with { VmName = name, VmId = id }).Record!;
        Assert.That((saved.Owner, saved.OwnedBy, saved.OwnedSince), Is.EqualTo((owned.Owner, owned.OwnedBy, owned.OwnedSince)));
        var renamed = Ledger.Save(Samples.Use() with { VmName = "renamed" }).Record!;
        Assert.That((renamed.Owner, renamed.OwnedSince), Is.EqualTo((new DeviceOwner("renamed", "1"), owned.OwnedSince)), "the same VM under another name");
    }

    [Test]
    public void Give_ChangesTheOwnerAndNothingElse()
    {
        Assert.That(Ledger.Give(Samples.Identity(), "a", "b", owner: null, [], []), Is.EqualTo(LayoutRecordResult.None), "nothing to release");
        var used = Ledger.Save(Samples.Use()).Record!;
        Time.Now += TimeSpan.FromHours(1);
        var given = Ledger.Give(Samples.Identity(), "a", "b", new DeviceOwner(null, "2"), [Samples.Identity(1)], []).Record!;
        Assert.That(given, Is.EqualTo(used with
        {
            VmName = null,
            VmId = "2",
            OwnedSince = Time.Now,
            OwnedBy = OwnershipAct.Given,
            DistinctFrom = [Samples.Identity(1)],
        }));
        Assert.That(Ledger.Save(Samples.Use() with { VmName = "web", VmId = "2" }).Record!.Owner, Is.EqualTo(new DeviceOwner("web", "2")), "its name is learnt");
        var released = Ledger.Give(Samples.Identity(), "a", "b", owner: null, [], []).Record!;
        Assert.That((released.Owner, released.OwnedBy, released.Layout), Is.EqualTo(((DeviceOwner?)null, OwnershipAct.Released, used.Layout)));
        Assert.That(Ledger.Save(Samples.Use()).Record!.Owner!.VmId, Is.EqualTo("1"), "the next VM that uses it");
        Assert.That(() => Ledger.Give(Samples.Identity(), "a", "b", new DeviceOwner(null, null), [], []), Throws.ArgumentException);
    }

    /// <summary>trials/guard.md 6: every host has a namespace0.0.</summary>
    [Test]
    public void KernelNames_AreOfTheirHost()
    {
        var use = Samples.Use() with { Identity = DeviceIdentity.Of(new NvdimmDevice { Name = "namespace0.0" }) };
        var other = new LayoutLedger(StateFolders.Made(Ledger.Folder, "other"), Time, "other");
        Ledger.Save(use);
        Assert.That(other.Find(use.Identity).Record, Is.Null);
        other.Save(use with { VmName = "web", VmId = "2" });
        Assert.That((Ledger.Find(use.Identity).Record!.VmId, other.Find(use.Identity).Record!.VmId), Is.EqualTo(("1", "2")));
        Assert.That(Ledger.List().Records.Select(record => record.Host), Is.EquivalentTo([Ledger.Host, "other"]));
        Assert.That(other.Forget(use.Identity), Does.Exist);
        Assert.That((Ledger.Find(use.Identity).Record!.VmId, other.Find(use.Identity).Record), Is.EqualTo(("1", (LayoutRecord?)null)));
    }

    /// <summary>One start has one record more or all of them, never some.</summary>
    [Test]
    public void SaveAll_WithOneRecordThatCannotBeRead_WritesNone()
    {
        ValueList<LayoutUse> uses = [Samples.Use(), Samples.Use() with { Identity = Samples.Identity(1) }];
        Ledger.SaveAll(uses, []);
        Assert.That(Ledger.List().Records.Select(record => record.Identity), Is.EquivalentTo(uses.Select(use => use.Identity)));
        var before = Ledger.Find(Samples.Identity()).Record;
        File.WriteAllText(Path.Combine(Ledger.Folder, $"{Samples.Identity(1)}.json"), "{");
        Time.Now += TimeSpan.FromHours(1);
        Assert.That(() => Ledger.SaveAll(uses, []), Throws.TypeOf<LayoutLedgerException>());
        Assert.That(Ledger.Find(Samples.Identity()).Record, Is.EqualTo(before));
        Assert.That(Directory.EnumerateFiles(Ledger.Folder, "*.nvdimm-tmp"), Is.Empty);
    }

    [Test]
    public void UseThatAnEarlierVersionCouldNotRecord_IsNotTheSame()
    {
        var full = Full() with { ReplacedBy = null };
        Assert.That((full with { LabelUuids = null }).IsSameUse(UseOf(full)), Is.False);
        Assert.That((full with { LabelSizes = null }).IsSameUse(UseOf(full)), Is.False);
        Assert.That((full with { LabelSum = null }).IsSameUse(UseOf(full)), Is.False);
        Assert.That((full with { LabelSizes = null, LabelSum = null, LabelUuids = null }).IsSameUse(UseOf(full) with { LabelSizes = null, LabelSum = null, LabelUuids = null }), Is.True);
        Assert.That((full with { Layout = null }).IsSameUse(UseOf(full)), Is.False);
        var gone = UseOf(full) with { LabelHash = null, LabelSum = null };
        Assert.That(full.IsSameUse(gone with { LabelSizes = [] }), Is.False, "the labels are gone, and that was accepted");
        Assert.That(full.IsSameUse(gone with { LabelSizes = null }), Is.True, "nobody could look");
    }

    [Test]
    public void Touch_ChangesNamesAndLabelsOnly_AndNothingWithoutALayout()
    {
        Assert.That(Ledger.Touch(Samples.Identity(), "a", "b", null, null, null), Is.EqualTo(new LayoutRecordResult(null, [])));
        Assert.That(File.Exists(RecordPath), Is.False);
        Ledger.Accept(Samples.Identity(), "a", "b", [Moved], "root");
        Assert.That(Ledger.Touch(Samples.Identity(), "a", "b", null, null, null).Record, Is.Null);
        var full = Full();
        Time.Now += TimeSpan.FromHours(1);
        Ledger.Accept(full.Identity, full.Name, full.Path, [Finding.Error(NvdimmCodes.LayoutResized, ("recorded", "1"))], "root");
        Assert.That(
            Ledger.Touch(full.Identity, "namespace7.0", "/dev/pmem7", new string('c', 64), null, full.LabelUuids).Record,
            Is.EqualTo(full with { Name = "namespace7.0", Path = "/dev/pmem7", LabelHash = new string('c', 64), LabelSum = null, LastUsed = Time.Now }));
        File.WriteAllText(RecordPath, "{");
        Assert.That(Ledger.Touch(full.Identity, "a", "b", null, null, null).Findings.Single().Code, Is.EqualTo(NvdimmCodes.LedgerDamaged));
    }

    [Test]
    public void Share_IsRecorded_ReplacedAndWithdrawn()
    {
        Assert.That(Ledger.Share(Samples.Identity(), "a", "b", [], "root"), Is.EqualTo(new LayoutRecordResult(null, [])), "nothing to withdraw");
        var shared = Ledger.Share(Samples.Identity(), "namespace0.0", "/dev/pmem0", ["db", "8D7BBF1A"], "root", "OCFS2").Record!;
        Assert.That((shared.Layout, shared.Name), Is.EqualTo(((DeviceLayout?)null, "namespace0.0")));
        Assert.That(shared.Sharing, Is.EqualTo(new DeviceSharing
        {
            Vms = ["db", "8D7BBF1A"],
            At = Time.Now,
            By = "root",
            Note = "OCFS2",
        }));
        Assert.That(shared.AreSharing(("db", null), (null, "8d7bbf1a")), Is.True);
        Assert.That(shared.AreSharing(("db", null), ("DB", "1")), Is.False, "a name counts exactly");
        Assert.That(shared.AreSharing(("db", null), (null, null)), Is.False);
        Assert.That(Ledger.Share(Samples.Identity(), "x", "y", ["a", "b"], "admin").Record!.Sharing!.Vms, Is.EqualTo(["a", "b"]));
        Assert.That(Ledger.Save(Samples.Use()).Record!.Sharing!.By, Is.EqualTo("admin"), "a use does not end it");
        Assert.That(Ledger.Share(Samples.Identity(), "x", "y", [], "admin").Record!.Sharing, Is.Null);
        Assert.That(Ledger.Find(Samples.Identity()).Record!.AreSharing(("a", null), ("b", null)), Is.False);
    }

    [TestCase("a")]
    [TestCase("a", " ")]
    [TestCase("a", "A")]
    public void Share_WithNobody_IsTheCallersBug(params string[] vms) =>
        Assert.That(() => Ledger.Share(Samples.Identity(), "x", "y", vms.ToValueList(), "root"), Throws.ArgumentException);

    /// <summary>A record of which every property is set.</summary>
    private LayoutRecord Full()
    {
        Ledger.Save(Samples.Use() with
        {
            Layout = Samples.PowerLayout(Samples.PowerUuid),
            LabelSum = new string('b', 32),
            LabelSizes = [ByteSize.FromKiB(128), ByteSize.FromMiB(2)],
            LabelUuids = [Samples.Uuid(10)],
            RawUuid = Samples.Uuid(8),
            Mode = NamespaceMode.Fsdax,
            InterleaveSet = "0x1234",
            Dimms = ["8680-a2-1837-00000af1"],
            DirtyShutdowns = 3,
            ContentUuid = "d2a5b5b1",
        });
        Ledger.Give(Samples.Identity(), "x", "y", new DeviceOwner("db \"1\" é\n", "1"), [Samples.Identity(3)], []);
        Ledger.SaveAll([], [new ReplacedNvdimm(Samples.Identity(), Samples.Identity(4))]);
        Ledger.Accept(Samples.Identity(), "x", "y", [Moved], "root", "known");
        return Ledger.Share(Samples.Identity(), "x", "y", ["db", "other"], "root", "OCFS2").Record!;
    }

    private static LayoutUse UseOf(LayoutRecord record) => new()
    {
        Identity = record.Identity,
        Name = record.Name,
        Path = record.Path,
        Layout = record.Layout!,
        Hypervisor = record.Hypervisor,
        VmName = record.VmName,
        VmId = record.VmId,
        LabelHash = record.LabelHash,
        LabelSum = record.LabelSum,
        LabelSizes = record.LabelSizes,
        LabelUuids = record.LabelUuids,
        RawUuid = record.RawUuid,
        Host = record.Host,
        Mode = record.Mode,
        InterleaveSet = record.InterleaveSet,
        Dimms = record.Dimms,
        DirtyShutdowns = record.DirtyShutdowns,
        ContentUuid = record.ContentUuid,
    };

    private static object Another(PropertyInfo property) => property.PropertyType switch
    {
        var type when type == typeof(DeviceIdentity) => Samples.Identity(5),
        var type when type == typeof(DeviceLayout) => Samples.Layout(1024),
        var type when type == typeof(ValueList<ByteSize>) => ValueList.Create<ByteSize>([ByteSize.FromKiB(256)]),
        var type when type == typeof(ValueList<Guid>) => ValueList.Create<Guid>([Samples.Uuid(11)]),
        var type when type == typeof(ValueList<string>) => ValueList.Create<string>(["8680-a2-1837-00000af2"]),
        var type when type == typeof(NamespaceMode) => NamespaceMode.Devdax,
        var type when type == typeof(Guid?) => Samples.Uuid(9),
        var type when type == typeof(long?) => 4L,
        _ => new string('c', property.Name == nameof(LayoutUse.LabelSum) ? 32 : 64),
    };

    private static string Earlier(int version) =>
        $$"""
        {
          "schemaVersion": {{version}},
          "identity": "{{Samples.Identity()}}",
          "name": "namespace0.0",
          "path": "/dev/pmem0",
          "layout": {
            "architecture": "x86_64",
            "strategy": "ovirt",
            "deviceSize": 536870912,
            "alignSize": 2097152,
            "labelSize": 131072,
            "targetSize": 404750336,
            "backendSize": 404750336,
            "labelOffset": 404619264,
            "guestSize": 402653184,
            "guestUuid": null
          },
          "labelHash": "{{new string('a', 64)}}",{{(version == 1 ? "" : $"\n  \"labelSum\": \"{new string('b', 32)}\",")}}
          "hypervisor": "libvirt 9.0.0, QEMU 7.2.0",
          "vmName": "db",
          "vmId": "1",
          "firstRecorded": "2026-01-31T12:00:00.0000000+00:00",
          "lastChanged": "2026-01-31T12:00:00.0000000+00:00",
          "lastUsed": "2026-01-31T12:00:00.0000000+00:00",
          "accepted": [
            {
              "code": "NVDIMM_LAYOUT_MOVED",
              "arguments": [
                { "name": "offset", "value": "4096" },
                { "name": "planned", "value": "0" },
                { "name": "by", "value": "a text of that version" },
                { "name": "labels", "value": "bb" }
              ],
              "at": "2026-01-31T12:00:00.0000000+00:00",
              "by": "root",
              "note": null
            }
          ]
        }

        """;
}
