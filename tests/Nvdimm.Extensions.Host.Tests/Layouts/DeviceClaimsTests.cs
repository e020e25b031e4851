using Nvdimm.Extensions.Host.Layouts;

namespace Nvdimm.Extensions.Host.Tests.Layouts;

public sealed class DeviceClaimsTests
{
    private TemporaryFolder folder = null!;
    private DeviceClaims claims = null!;

    private static ClaimHolder Own => ClaimHolder.OfProcess("own", "1", Environment.ProcessId);

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        claims = new DeviceClaims(folder.Path, new FixedTime());
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
        var path = Directory.GetFiles(Path.Combine(folder.Path, "claims"), "*.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(path, "{}");
        var refused = Try(Own);
        Assert.That(refused.Claim, Is.Null);
        Assert.That(refused.Findings.Single().Code, Is.EqualTo(NvdimmCodes.ClaimDamaged));
        Assert.That(refused.Findings.Single().Message, Does.Contain(path));
        Assert.That(File.ReadAllText(path), Is.EqualTo("{}"));
    }

    [Test]
    public void Claims_OfAnEarlierBoot_AreNotLookedAt()
    {
        var torn = folder.Write($"claims/{DeviceClaims.ThisMachine()}.an-earlier-boot/{Samples.Identity()}.json", "");
        var others = folder.Write($"claims/another-machine.its-boot/{Samples.Identity()}.json", "{}");
        Assert.That(claims.Find(Samples.Identity()), Is.EqualTo(new DeviceClaimResult(Claim: null, [])));
        Assert.That(Try(Own).Claim, Is.Not.Null);
        Assert.That(torn, Does.Not.Exist, "removed by the first claim of this boot");
        Assert.That(others, Does.Exist, "hosts may share the folder");
        Assert.That(Directory.GetDirectories(folder.PathOf("claims")), Has.Length.EqualTo(2));
    }

    [Test]
    public void ClaimForStart_TakesOverWhatAFailedStartHasLeft_AndNothingElse()
    {
        var first = claims.ClaimForStart([(Samples.Identity(), "a"), (Samples.Identity(1), "b")], Own);
        var file = Directory.GetFiles(folder.PathOf("claims"), "*.json", SearchOption.AllDirectories)[0];
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Assert.That(claims.ClaimForStart([(Samples.Identity(), "a"), (Samples.Identity(1), "b")], Own), Is.EqualTo(first));
        Assert.That(File.GetLastWriteTimeUtc(file), Is.EqualTo(DateTime.UnixEpoch), "what stands is not written anew");

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

    private DeviceClaimResult Try(ClaimHolder holder) => claims.TryClaim(Samples.Identity(), "namespace0.0", holder);
}
