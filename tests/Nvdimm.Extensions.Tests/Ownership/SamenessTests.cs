using CsCheck;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;
using static Nvdimm.Extensions.Ownership.DeviceFact;
using static Nvdimm.Extensions.Ownership.SamenessVerdict;

namespace Nvdimm.Extensions.Tests.Ownership;

public sealed class SamenessTests
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly Guid A = new("aaaaaaaa-82b6-40ad-8962-6f0412bab47d");
    private static readonly Guid B = new("bbbbbbbb-82b6-40ad-8962-6f0412bab47d");
    private static readonly Guid RawA = new("0aaaaaaa-82b6-40ad-8962-6f0412bab47d");
    private static readonly Guid RawB = new("0bbbbbbb-82b6-40ad-8962-6f0412bab47d");
    private static readonly FileIdentity File = new(A, 7, 1);

    private static readonly DeviceFacts Space = new("namespace0.0") { Uuid = A, RawUuid = RawA, Mode = NamespaceMode.Fsdax };
    private static readonly DeviceFacts Nameless = new("namespace0.0");
    private static readonly DeviceFacts Renamed = new("namespace1.0");

    /// <summary>The raw area under <see cref="Space"/>: its uuid is the raw uuid.</summary>
    private static readonly DeviceFacts Raw = new("namespace0.0") { Uuid = RawA, Mode = NamespaceMode.Raw };

    private static readonly (string Name, DeviceFacts One, DeviceFacts Other, SamenessVerdict Verdict, ValueList<DeviceFact> Agreeing,
        ValueList<DeviceFact> Differing)[] Table =
    [
        ("one device", Space, Space, Same, [Uuid, RawUuid, Name, Mode], []),
        ("renamed", Space, Space with { Name = "namespace1.0" }, Same, [Uuid, RawUuid, Mode], [Name]),
        ("grown", Space with { Size = ByteSize.FromMiB(1) }, Space with { Size = ByteSize.FromMiB(2) }, Same, [Uuid, RawUuid, Name, Mode], [DeviceFact.Size]),
        ("a record without raw uuid", Space with { RawUuid = null }, Space, Same, [Uuid, Name, Mode], []),
        ("another mode", Space, Space with { Mode = NamespaceMode.Devdax }, Same, [Uuid, RawUuid, Name], [Mode]),
        ("a mode that is not known", Space, Space with { Mode = NamespaceMode.Unknown }, Same, [Uuid, RawUuid, Name], []),
        ("on another host", Space with { Host = "one" }, Space with { Host = "other", Name = "namespace1.0" }, Same, [Uuid, RawUuid, Mode], []),
        ("two devices", Space, Space with { Name = "namespace1.0", Uuid = B, RawUuid = RawB }, Other, [Mode], [Uuid, RawUuid, Name]),
        ("two devices, one after the other under one name", Space, Space with { Uuid = B, RawUuid = RawB }, Other, [Name, Mode], [Uuid, RawUuid]),
        ("made anew on the same raw area", Space, Space with { Uuid = B }, MayBe, [RawUuid, Name, Mode], [Uuid]),
        ("a copy of the superblock on another raw area", Space, Space with { Name = "namespace1.0", RawUuid = RawB }, MayBe, [Uuid, Mode], [RawUuid, Name]),
        ("another uuid, the other's labels", Space with { LabelUuids = [A] }, Renamed with { Uuid = B, LabelUuids = [A, B] }, MayBe, [Labels], [Uuid, Name]),
        ("another uuid, labels of another guest", Space with { LabelUuids = [A] }, Renamed with { Uuid = B, LabelUuids = [B] }, Other, [],
            [Uuid, Labels, Name]),
        ("another uuid, neither has labels", Space with { LabelUuids = [] }, Renamed with { Uuid = B, LabelUuids = [] }, Other, [], [Uuid, Name]),
        ("another uuid, the hash that the record has noted", Space with { LabelHash = Hash }, Renamed with { Uuid = B, LabelHash = Hash, LabelUuids = [A] },
            MayBe, [Labels], [Uuid, Name]),
        ("another uuid, the hash of a blank label area", Space with { LabelHash = Hash }, Renamed with { Uuid = B, LabelHash = Hash, LabelUuids = [] }, Other,
            [], [Uuid, Name]),
        ("one device, the guest has changed its labels", Space with { LabelUuids = [A] }, Space with { LabelUuids = [B] }, Same, [Uuid, RawUuid, Name, Mode],
            [Labels]),
        ("another uuid, the other's file system", Space with { ContentUuid = "x" }, Renamed with { Uuid = B, ContentUuid = "x" }, MayBe, [Content],
            [Uuid, Name]),
        ("no uuid, one name", Nameless, Nameless, MayBe, [Name], []),
        ("no uuid, two names", Nameless, Renamed, Other, [], [Name]),
        ("no uuid, one name of two hosts", Nameless with { Host = "one" }, Nameless with { Host = "other" }, Other, [], []),
        ("no uuid, two names, one guest's labels", Nameless with { LabelUuids = [A] }, Renamed with { LabelUuids = [A] }, MayBe, [Labels], [Name]),
        ("no uuid, one interleave set, two names", Nameless with { InterleaveSet = "0x1" }, Renamed with { InterleaveSet = "0x1" }, Same, [InterleaveSet],
            [Name]),
        ("no uuid, two interleave sets, one name", Nameless with { InterleaveSet = "0x1" }, Nameless with { InterleaveSet = "0x2" }, Other, [Name],
            [InterleaveSet]),
        ("no uuid, one interleave set of two hosts", Nameless with { Host = "one", InterleaveSet = "0x1" },
            Renamed with { Host = "other", InterleaveSet = "0x1" }, Other, [], []),
        ("two namespaces of one region", Space with { InterleaveSet = "0x1" },
            Space with { Name = "namespace0.1", Uuid = B, RawUuid = RawB, InterleaveSet = "0x1" }, Other, [InterleaveSet, Mode], [Uuid, RawUuid, Name]),
        ("it got a uuid", Nameless with { Mode = NamespaceMode.Fsdax }, new DeviceFacts("namespace0.0") { Uuid = A, Mode = NamespaceMode.Fsdax }, MayBe,
            [Name, Mode], []),
        ("it got a uuid, and another name", Nameless, new DeviceFacts("namespace1.0") { Uuid = A, Mode = NamespaceMode.Fsdax }, Other, [], [Name]),
        ("the raw area of the namespace", Space, Raw, MayBe, [RawArea, Name], [Uuid, Mode]),
        ("the raw area, under another name", Space, Raw with { Name = "namespace1.0" }, MayBe, [RawArea], [Uuid, Name, Mode]),
        ("the raw area, no uuid, one name", Space, Raw with { Uuid = null }, MayBe, [RawArea, Name], [Mode]),
        ("the raw area of another namespace", Space, Raw with { Uuid = RawB, Name = "namespace1.0" }, Other, [], [Uuid, Name, Mode]),
        ("a record without raw uuid, raw mode, one name", Space with { RawUuid = null }, Raw, MayBe, [RawArea, Name], [Uuid, Mode]),
        ("a record without raw uuid, raw mode, two names", Space with { RawUuid = null }, Raw with { Name = "namespace1.0" }, Other, [], [Uuid, Name, Mode]),
        ("one file", new DeviceFacts("/a") { File = File }, new DeviceFacts("/b") { File = File }, Same, [DeviceFact.File], [Name]),
        ("a copy of a file in its place", new DeviceFacts("/a") { File = File }, new DeviceFacts("/a") { File = File with { Inode = 8 } }, Other, [Name],
            [DeviceFact.File]),
        ("a copy of a file, with the guest's labels", new DeviceFacts("/a") { File = File, LabelUuids = [A] },
            new DeviceFacts("/b") { File = File with { Inode = 8 }, LabelUuids = [A] }, MayBe, [Labels], [DeviceFact.File, Name]),
        ("a file and a namespace", new DeviceFacts("/a") { File = File, LabelUuids = [A] }, Space with { LabelUuids = [A] }, Other, [Labels], [Name]),
    ];

    private static readonly Gen<DeviceFacts> AnyFacts = Gen.Select(
        Gen.Select(
            Gen.OneOf("namespace0.0", "namespace1.0", "/file"),
            Gen.OneOf<string?>(null, "one", "other"),
            Gen.OneOf<Guid?>(null, A, B, RawA),
            Gen.OneOf<Guid?>(null, RawA, RawB, A)),
        Gen.Select(
            Gen.OneOf(Enum.GetValues<NamespaceMode>()),
            Gen.OneOf<string?>(null, "0x1", "0x2"),
            Gen.OneOf<ValueList<Guid>?>(null, [], [A], [B], [A, B]),
            Gen.OneOf<string?>(null, Hash),
            Gen.OneOf<string?>(null, "x", "y")),
        Gen.OneOf<FileIdentity?>(null, File),
        ((string Name, string? Host, Guid? Uuid, Guid? Raw) who,
            (NamespaceMode Mode, string? Set, ValueList<Guid>? Labels, string? Hash, string? Content) what, FileIdentity? file) =>
            new DeviceFacts(who.Name)
            {
                Host = who.Host,
                Uuid = who.Uuid,
                RawUuid = who.Raw,
                Mode = what.Mode,
                InterleaveSet = what.Set,
                LabelUuids = what.Labels,
                LabelHash = what.Hash,
                ContentUuid = what.Content,
                File = who.Name[0] == '/' ? file : null,
            });

    private static IEnumerable<TestCaseData> Rows =>
        Table.Select(row => new TestCaseData(row.One, row.Other, row.Verdict, row.Agreeing, row.Differing).SetArgDisplayNames(row.Name));

    [TestCaseSource(nameof(Rows))]
    public void Row_IsComparedAsItSays(DeviceFacts one, DeviceFacts other, SamenessVerdict verdict, ValueList<DeviceFact> agreeing,
        ValueList<DeviceFact> differing)
    {
        var sameness = Sameness.Compare(one, other);
        Assert.That((sameness.Verdict, sameness.Agreeing, sameness.Differing), Is.EqualTo((verdict, agreeing, differing)));
        Assert.That((sameness.IsSame, sameness.IsOther), Is.EqualTo((verdict == Same, verdict == Other)));
        Assert.That(sameness.IsRawArea, Is.EqualTo(agreeing.Contains(RawArea)));
    }

    [Test]
    public void Comparing_IsTheSameInEitherOrder() =>
        Gen.Select(AnyFacts, AnyFacts).Sample((one, other) => Sameness.Compare(one, other) == Sameness.Compare(other, one), iter: 20_000);

    /// <summary>A device is never another one than itself; without a strong fact it may be.</summary>
    [Test]
    public void Device_IsNeverAnotherThanItself() => AnyFacts.Sample(
        facts =>
        {
            var sameness = Sameness.Compare(facts, facts);
            return sameness.Differing.Count == 0 && !sameness.IsOther && (sameness.IsSame || sameness.IsRawArea || facts is
            {
                Uuid: null, RawUuid: null,
                File: null
            });
        },
        iter: 20_000);

    /// <summary>What decides is one strong fact that nothing contradicts, whatever can be copied or moves.</summary>
    [Test]
    public void SameDevice_HasAStrongFactThatAgrees_AndNoneThatDiffers() => Gen.Select(AnyFacts, AnyFacts).Sample(
        (one, other) => Sameness.Compare(one, other) is not { IsSame: true } sameness
            || (sameness.Agreeing.Any(fact => fact is Uuid or RawUuid or DeviceFact.File or InterleaveSet)
                && !sameness.Differing.Any(fact => fact is Uuid or RawUuid or DeviceFact.File)),
        iter: 20_000);

    [Test]
    public void Words()
    {
        Assert.That(Sameness.InWords([]), Is.EqualTo("nothing"));
        Assert.That(Sameness.InWords([Uuid]), Is.EqualTo("the uuid"));
        Assert.That(Sameness.InWords([RawUuid, Labels]), Is.EqualTo("the raw uuid and the guest's labels"));
        Assert.That(Sameness.InWords([RawArea, Content, Name, DeviceFact.Size]), Is.EqualTo("the raw area, the content's uuid, the name and the size"));
        Assert.That(Enum.GetValues<DeviceFact>().Select(fact => Sameness.InWords([fact])), Is.Unique);
    }

    [TestCase("VM", "ID", "other", "id", true, TestName = "Owner_Ids_DecideWithoutRegardToCase")]
    [TestCase("VM", "ID", "VM", "other", false, TestName = "Owner_OtherId_IsAnotherVm")]
    [TestCase("VM", null, "VM", "id", true, TestName = "Owner_WithoutId_IsKnownByItsName")]
    [TestCase("VM", null, "vm", "id", false, TestName = "Owner_Names_AreExact")]
    [TestCase(null, "ID", "VM", null, false, TestName = "Owner_NothingInCommon_IsAnotherVm")]
    [TestCase(null, null, null, null, false, TestName = "Owner_Nobody_IsNobodys")]
    public void Owner(string? name, string? id, string? vmName, string? vmId, bool isOwner) =>
        Assert.That(new DeviceOwner(name, id).Is(vmName, vmId), Is.EqualTo(isOwner));

    [Test]
    public void Owner_IsCalledByName() =>
        Assert.That(new[] { new DeviceOwner("db", "1"), new DeviceOwner(null, "1"), new DeviceOwner(null, null) }.Select(owner => $"{owner}"),
            Is.EqualTo(new[] { "db", "1", "nobody" }));
}
