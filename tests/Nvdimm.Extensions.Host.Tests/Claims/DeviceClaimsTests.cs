using System.Globalization;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Claims;

public sealed class DeviceClaimsTests
{
    private readonly FixedTime time = new();
    private TemporaryFolder folder = null!;
    private DeviceClaims claims = null!;

    private static ClaimHolder Own => ClaimHolder.OfProcess("own", "1", Environment.ProcessId);

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        claims = new DeviceClaims(StateFolders.Made(folder.Path), time);
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void TryClaim_Twice_IsGivenOnce_UntilReleased()
    {
        var claim = Try(Own).Claim!;
        Assert.That(claims.Find(Samples.Identity()).Claim, Is.EqualTo(claim));
        Assert.That(Try(Own).Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimHeld));
        Assert.That(claims.TryClaim(Samples.Identity(1), "another", Own).Claim, Is.Not.Null);
        Assert.That(claims.Release(claim), Is.True);
        Assert.That(claims.Release(claim), Is.False);
        Assert.That(Try(Own).Claim, Is.Not.Null);
    }

    [Test]
    public void TryClaim_OverAStaleOne_IsGiven()
    {
        foreach (var stale in new[] { Own with { BootId = "an earlier boot" }, Own with { ProcessStart = 1 }, Own with { ProcessId = int.MaxValue } })
        {
            var old = Try(stale).Claim!;
            Assert.That(claims.Find(Samples.Identity()).Claim, Is.Null);
            var claim = Try(Own).Claim!;
            Assert.That(claims.Release(old), Is.False, "the old one stands no more");
            Assert.That(claims.Release(claim), Is.True);
        }
    }

    [Test]
    public void Transfer_HandsOnOnlyWhatStands()
    {
        var claim = Try(Own).Claim!;
        using var qemu = new ChildProcess("claim", folder.Path, "qemu");
        var holder = ClaimHolder.OfProcess("own", "1", qemu.Id);
        var handed = claims.Transfer(claim, holder)!;
        Assert.That((handed.Holder, claims.Find(Samples.Identity()).Claim), Is.EqualTo((holder, handed)));
        Assert.That(claims.Transfer(claim, Own), Is.Null);
        Assert.That(claims.Release(claim), Is.False);
    }

    [Test]
    public void TryClaim_OverADamagedOne_IsRefused()
    {
        Try(Own);
        var path = Directory.GetFiles(Path.Combine(folder.Path, "claims"), "*.claim", SearchOption.AllDirectories).Single();
        File.Delete(path);
        File.WriteAllText(path, "{}");
        var refused = Try(Own);
        Assert.That(refused.Claim, Is.Null);
        Assert.That(refused.Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimDamaged));
        Assert.That(refused.Findings.Single().Message, Does.Contain(path));
        Assert.That(File.ReadAllText(path), Is.EqualTo("{}"));
    }

    [TestCase("own", "1")]
    [TestCase("a name\nof two lines", null)]
    [TestCase("Größe 100 % \\ \u0001", "")]
    [TestCase("no id", "no id")]
    public void Claim_KeepsEveryName(string name, string? id)
    {
        var given = Try(ClaimHolder.OfProcess(name, id, Environment.ProcessId)).Claim!;
        Assert.That((given.Holder.VmName, given.Holder.VmId), Is.EqualTo((name, id)));
        Assert.That(new DeviceClaims(folder.Path, time).Find(Samples.Identity()).Claim, Is.EqualTo(given));
        var handed = claims.Transfer(given, given.Holder with { ProcessId = Environment.ProcessId, VmName = $"{name}!" });
        Assert.That(claims.Find(Samples.Identity()).Claim, Is.EqualTo(handed).And.Not.EqualTo(given));
        Assert.That(Directory.GetFiles(folder.PathOf("claims"), "*.nvdimm-tmp", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void Claim_OfANameThatNoLinkCanHold_IsSaid()
    {
        Assert.That(() => Try(ClaimHolder.OfProcess(new string('x', 5000), null, Environment.ProcessId)), Throws.InstanceOf<LayoutLedgerException>().With.Message.Contains("name too long").IgnoreCase);
        Assert.That(claims.Find(Samples.Identity()).Claim, Is.Null);
    }

    [TestCase("nvdimm claim 2\n{0}\n1\n1\nboot\n2026-01-31T12:00:00.0000000+00:00\nno id\nvm")]
    [TestCase("nvdimm claim 1\nuuid-00000000-0000-0000-0000-000000000001\n1\n1\nboot\n2026-01-31T12:00:00.0000000+00:00\nno id\nvm")]
    [TestCase("nvdimm claim 1\n{0}\n-1\n1\nboot\n2026-01-31T12:00:00.0000000+00:00\nno id\nvm")]
    [TestCase("nvdimm claim 1\n{0}\n1\n99999999999999999999\nboot\n2026-01-31T12:00:00.0000000+00:00\nno id\nvm")]
    [TestCase("nvdimm claim 1\n{0}\n1\n1\nboot\nyesterday\nno id\nvm")]
    [TestCase("nvdimm claim 1\n{0}\n1\n1\nboot\n2026-01-31T12:00:00.0000000+00:00\nvm")]
    [TestCase("/dev/null")]
    public void TextThatIsNoClaim_Refuses(string text)
    {
        Try(Own);
        var path = Directory.GetFiles(folder.PathOf("claims"), "*.claim", SearchOption.AllDirectories).Single();
        File.Delete(path);
        File.CreateSymbolicLink(path, string.Format(CultureInfo.InvariantCulture, text, Samples.Identity()));
        Assert.That(Try(Own).Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimDamaged));
        Assert.That(claims.Find(Samples.Identity()).Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimDamaged));
    }

    [Test]
    public void Claims_OfAnEarlierBoot_AreNotLookedAt()
    {
        var torn = folder.Write($"claims/{MachineId.Of()}.an-earlier-boot/{Samples.Identity()}.claim", "");
        var others = folder.Write($"claims/another-machine.its-boot/{Samples.Identity()}.claim", "{}");
        Assert.That(claims.Find(Samples.Identity()), Is.EqualTo(new DeviceClaimResult(Claim: null, [])));
        Assert.That(Try(Own).Claim, Is.Not.Null);
        Assert.That(torn, Does.Not.Exist, "removed by the first claim of this boot");
        Assert.That(others, Does.Exist, "hosts may share the folder");
        Assert.That(Directory.GetDirectories(folder.PathOf("claims")), Has.Length.EqualTo(2));
    }

    [Test]
    public void ClaimForStart_OneThatCannotBeRead_LeavesNoneClaimed()
    {
        claims.Release(Try(Own).Claim!);
        var place = Directory.GetDirectories(folder.PathOf("claims")).Single();
        File.WriteAllText(Path.Combine(place, $"{Samples.Identity(1)}.shared"), "a file where a folder is looked for");
        Assert.That(() => claims.ClaimForStart([(Samples.Identity(), "a"), (Samples.Identity(1), "b")], Own), Throws.TypeOf<LayoutLedgerException>());
        Assert.That(claims.Find(Samples.Identity()).Claim, Is.Null);
    }

    [Test]
    public void ClaimForStart_TakesOverWhatAFailedStartHasLeft_AndNothingElse()
    {
        var first = claims.ClaimForStart([(Samples.Identity(), "a"), (Samples.Identity(1), "b")], Own);
        time.Now += TimeSpan.FromHours(1);
        Assert.That(claims.ClaimForStart([(Samples.Identity(), "a"), (Samples.Identity(1), "b")], Own), Is.EqualTo(first));

        var renamed = claims.ClaimForStart([(Samples.Identity(), "a")], Own with { VmName = "renamed" }).Single();
        Assert.That(renamed.Claim!.Holder.VmName, Is.EqualTo("renamed"));

        var other = claims.ClaimForStart([(Samples.Identity(), "a"), (Samples.Identity(2), "c")], Own with { VmId = "2" });
        Assert.That(other.Select(result => result.Claim is not null), Is.EqualTo([false, true]));
        Assert.That(other[0].Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimHeld));
    }

    [Test]
    public void ClaimForStart_DeviceThatStandsTwice_IsRefusedTheSecondTime()
    {
        var results = claims.ClaimForStart([(Samples.Identity(), "a"), (Samples.Identity(), "a")], Own);
        Assert.That(results.Select(result => result.Claim is not null), Is.EqualTo([true, false]));
    }

    [Test]
    public void ClaimForStart_WithoutVmId_TakesNothingOver()
    {
        var nameless = Own with { VmId = null };
        Assert.That(claims.ClaimForStart([(Samples.Identity(), "a")], nameless).Single().Claim, Is.Not.Null);
        Assert.That(claims.ClaimForStart([(Samples.Identity(), "a")], nameless).Single().Claim, Is.Null);
    }

    [Test]
    public void Holder_OfNoProcess_IsTheCallersBug() => Assert.That(() => ClaimHolder.OfProcess("own", "1", int.MaxValue), Throws.ArgumentException);

    /// <summary>A VM beside another one: both permitted, the new one only, the other only, none, or with a record that cannot be read.</summary>
    [TestCase("own", "other", true)]
    [TestCase("1", "2", true)]
    [TestCase("own", "third", false)]
    [TestCase("third", "other", false)]
    [TestCase("third", "fourth", false)]
    [TestCase(null, null, false)]
    [TestCase("damaged", "damaged", false)]
    public void VmBesideAnother_NeedsARecordedPermissionForBoth(string? first, string? second, bool isShared)
    {
        Permit(first, second);
        var own = Try(Own).Claim!;
        var looked = claims.CheckForStart([(Samples.Identity(), "a")], Other).Single();
        Assert.That((looked.Claim is not null, looked.Findings.Count), Is.EqualTo((isShared, isShared ? 0 : 1)));
        var other = Try(Other);
        Assert.That((other.Claim is not null, other.Findings.Count), Is.EqualTo((isShared, isShared ? 0 : 1)));
        if (!isShared)
        {
            Assert.That(other.Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimHeld));
            return;
        }

        Assert.That(new[] { "1", "2", "3", null }.Select(id => claims.FindOf(Samples.Identity(), id)), Is.EqualTo(new[] { own, other.Claim, null, null }));
        Assert.That(new[] { own, other.Claim!, own with { At = own.At.AddDays(1) } }.Select(claims.IsHeld), Is.EqualTo([true, true, false]));
        Assert.That(claims.Find(Samples.Identity(), own).Claim, Is.EqualTo(own), "the other one does not stand against it");
        Assert.That(claims.Find(Samples.Identity(), other.Claim).Claim, Is.EqualTo(other.Claim), "nor the other way round");
        Assert.That(Try(Own).Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimHeld), "one start is one claim");
        Assert.That(Try(Other).Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimHeld), "one start is one claim");
        Assert.That(Try(Third).Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimHeld), "not permitted");
        var handed = claims.Transfer(other.Claim!, Other with { VmName = "other!" })!;
        Assert.That((claims.Release(other.Claim!), claims.Release(own), claims.Release(handed)), Is.EqualTo((false, true, true)));
        Assert.That(claims.Find(Samples.Identity()).Claim, Is.Null);
    }

    /// <summary>The VM that came second stands when the first has ended and the permission is withdrawn.</summary>
    [Test]
    public void SharedClaim_StandsForItself()
    {
        Permit("own", "other");
        var own = Try(Own).Claim!;
        var other = Try(Other).Claim!;
        claims.Release(own);
        Ledger.Share(Samples.Identity(), "a", "b", [], "root");
        Assert.That(claims.Find(Samples.Identity()).Claim, Is.EqualTo(other));
        Assert.That(Try(Own).Findings.Single()["vm"], Is.EqualTo("other"));
        Assert.That(claims.Find(Samples.Identity(), own).Claim, Is.EqualTo(other), "a claim that is not shared any more stands against the others");
        claims.Release(other);
        Assert.That(Try(Own).Claim, Is.Not.Null);
    }

    [Test]
    public void SharedClaim_OfAnEndedProcess_IsReplaced_AndLeftoversDoNotHinder()
    {
        Permit("own", "other");
        Try(Own);
        var ended = Try(Other).Claim!;
        var path = SharedPath();
        File.CreateSymbolicLink(path + ".nvdimm-tmp", "of a killed writer");
        claims.Transfer(ended, Other with { ProcessStart = 1 });
        Assert.That(claims.IsHeld(ended with { Holder = Other with { ProcessStart = 1 } }), Is.False, "its process has ended");
        time.Now += TimeSpan.FromHours(1);
        var again = Try(Other).Claim!;
        Assert.That(claims.FindOf(Samples.Identity(), "2"), Is.EqualTo(again));
        Assert.That(Directory.GetFiles(Path.Combine(folder.Path, "claims"), "*.nvdimm-tmp", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void DamagedSharedClaim_RefusesEverybody()
    {
        Permit("own", "other");
        Try(Own);
        Try(Other);
        var path = SharedPath();
        File.Delete(path);
        File.CreateSymbolicLink(path, "/dev/null");
        Assert.That(Try(Other).Findings.Single()["file"], Is.EqualTo(path));
        Assert.That(claims.Find(Samples.Identity()).Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimDamaged));
        Assert.That(claims.CheckForStart([(Samples.Identity(), "a")], Other).Single().Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimDamaged));
    }

    [Test]
    public void ClaimForStart_BesideAnother_TakesItsOwnLeftClaimOver()
    {
        Permit("own", "other");
        Try(Own);
        var first = claims.ClaimForStart([(Samples.Identity(), "a"), (Samples.Identity(), "a")], Other);
        Assert.That(first.Select(result => result.Claim is not null), Is.EqualTo([true, false]), "twice in one start");
        time.Now += TimeSpan.FromHours(1);
        Assert.That(claims.ClaimForStart([(Samples.Identity(), "a")], Other).Single(), Is.EqualTo(first[0]));
        Ledger.Share(Samples.Identity(), "a", "b", [], "root");
        Assert.That(claims.ClaimForStart([(Samples.Identity(), "a")], Other).Single().Findings.Single()["vm"], Is.EqualTo("own"), "withdrawn");
        Assert.That(claims.CheckForStart([(Samples.Identity(), "a")], Other).Single().Findings.Single()["vm"], Is.EqualTo("own"), "withdrawn");
    }

    private static ClaimHolder Other => ClaimHolder.OfProcess("other", "2", Environment.ProcessId);

    private static ClaimHolder Third => ClaimHolder.OfProcess("a third", "3", Environment.ProcessId);

    private LayoutLedger Ledger => new(folder.Path, time);

    private string SharedPath() => Directory.GetFiles(folder.PathOf("claims"), "*.claim", SearchOption.AllDirectories)
        .Single(path => path.Contains(".shared", StringComparison.Ordinal));

    private void Permit(string? first, string? second)
    {
        if (first == "damaged")
        {
            folder.Write($"{Samples.Identity()}.json", "{");
        }
        else if (first is not null)
        {
            Ledger.Share(Samples.Identity(), "a", "b", [first, second!], "root");
        }
    }

    private DeviceClaimResult Try(ClaimHolder holder) => claims.TryClaim(Samples.Identity(), "namespace0.0", holder);
}
