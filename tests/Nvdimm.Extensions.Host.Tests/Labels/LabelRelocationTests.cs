using NSubstitute;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Labels;

public sealed class LabelRelocationTests
{
    private const long MiB = 1L << 20;
    private const long From = 404619264;
    private const long To = From + (2 * MiB);

    private static readonly byte[] Real = RealLabels.Read(RealLabels.TwoNamespaces);

    private TemporaryFolder folder = null!;
    private IDeviceUseReader use = null!;
    private DeviceClaims claims = null!;
    private LabelRelocation relocation = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        use = Substitute.For<IDeviceUseReader>();
        use.Read(Arg.Any<string>()).Returns(DeviceUse.Free);
        claims = new DeviceClaims(StateFolders.Made(folder.Path), new FixedTime());
        relocation = new LabelRelocation(folder.Path, claims, use);
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Run_CopiesTheLabels_KeepsBackups_AndTouchesNothingElse()
    {
        var junk = Enumerable.Repeat((byte)0xA5, 128 << 10).ToArray();
        var device = Device((From, Real), (To - 1, [1]), (To, junk), (To + junk.Length, [2]));
        var before = File.ReadAllBytes(device.Path!);
        var plan = relocation.Plan(device, Found(), ByteSize.FromBytes(To));
        Assert.That((plan.IsAllowed, plan.Findings.Single().Code), Is.EqualTo((true, NvdimmCodes.RelocationTargetNotEmpty)));
        Assert.That(File.ReadAllBytes(device.Path!).AsSpan().SequenceEqual(before), Is.True, "a plan writes nothing");
        var result = relocation.Run(plan, Claim());
        Assert.That(result.IsDone, Is.True, result.Findings.ToString());
        Assert.That(File.ReadAllBytes(result.SourceBackup!), Is.EqualTo(Real));
        Assert.That(File.ReadAllBytes(result.TargetBackup!), Is.EqualTo(junk));
        Real.CopyTo(before, To);
        Assert.That(File.ReadAllBytes(device.Path!).AsSpan().SequenceEqual(before), Is.True);
        var again = relocation.Plan(device, Found(), ByteSize.FromBytes(To));
        Assert.That(again.Findings.Single().Code, Is.EqualTo(NvdimmCodes.RelocationTargetLabelled));
    }

    [Test]
    public void Plan_OntoABlankPlace_FindsNothing() => Assert.That(relocation.Plan(Device((From, Real)), Found(), ByteSize.FromBytes(To)).Findings, Is.Empty);

    [TestCase(From - (2 * MiB), NvdimmCodes.RelocationShrinks)]
    [TestCase(From + 4096, NvdimmCodes.RelocationShrinks)]
    [TestCase((512 * MiB) - 4096, NvdimmCodes.RelocationOutsideDevice)]
    public void Plan_ToAPlaceThatIsNone_IsRefused(long to, string code) =>
        Refused(Device((From, Real)), to, code);

    [Test]
    public void Plan_WithoutThoseLabels_IsRefused()
    {
        Refused(Device(), To, NvdimmCodes.RelocationNoLabels);
        Refused(Device((From, RealLabels.Read("x86-v1.1-initialised"))), To, NvdimmCodes.RelocationNoLabels);
        Refused(Samples.Device() with { Path = "/dev/nvdimm-none" }, To, NvdimmCodes.LayoutUnreadable);
    }

    [Test]
    public void Plan_ForADeviceInUse_IsRefused()
    {
        var device = Device((From, Real));
        use.Read(device.Path!).Returns(new DeviceUse(IsReadOnly: true, ["mounted on /data"]));
        Assert.That(relocation.Plan(device, Found(), ByteSize.FromBytes(To)).Findings.Select(finding => finding.Code), Is.EqualTo([NvdimmCodes.ReadOnly, NvdimmCodes.InUseByHost]));
        use.Read(device.Path!).Returns(_ => throw new IOException("no sysfs"));
        Refused(device, To, NvdimmCodes.HostUseUnknown);
    }

    [Test]
    public void Run_WithoutTheClaim_WritesNothing()
    {
        var device = Device((From, Real));
        var plan = relocation.Plan(device, Found(), ByteSize.FromBytes(To));
        var claim = Claim();
        claims.Release(claim);
        var other = claims.TryClaim(Samples.Identity(1), "x", claim.Holder).Claim!;
        foreach (var wrong in new[] { claim, other })
        {
            var result = relocation.Run(plan, wrong);
            Assert.That((result.IsDone, result.Findings.Single().Code), Is.EqualTo((false, NvdimmCodes.RelocationNotClaimed)));
        }

        Assert.That(relocation.Plan(device, Found(), ByteSize.FromBytes(To)).Findings, Is.Empty);
    }

    [Test]
    public void Run_WhenTheDeviceHasChangedSinceThePlan_WritesNothing()
    {
        var device = Device((From, Real));
        var plan = relocation.Plan(device, Found(), ByteSize.FromBytes(To));
        var claim = Claim();
        _ = Device((From, Real), (To, [1]));
        Assert.That(relocation.Run(plan, claim).Findings.Single().Code, Is.EqualTo(NvdimmCodes.RelocationNoLabels));
        use.Read(device.Path!).Returns(new DeviceUse(IsReadOnly: false, ["swap"]));
        Assert.That(relocation.Run(plan, claim).Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.InUseByHost));
        File.Delete(device.Path!);
        Assert.That(() => relocation.Run(plan, claim), Throws.InstanceOf<LabelRelocationException>());
        Assert.That(Directory.Exists(Path.Combine(folder.Path, "backups")), Is.False);
    }

    private void Refused(NvdimmDevice device, long to, string code)
    {
        var plan = relocation.Plan(device, Found(), ByteSize.FromBytes(to));
        Assert.That((plan.IsAllowed, plan.Findings.Single().Code), Is.EqualTo((false, code)));
        Assert.That(plan.Findings.Single().Message, Does.Not.Contain("${"));
    }

    private DeviceClaim Claim() => claims.TryClaim(Samples.Identity(), "namespace0.0", ClaimHolder.OfProcess("repair", null, Environment.ProcessId)).Claim!;

    private static FoundLabels Found() => new(ByteSize.FromBytes(From), LabelArea.Read(Real)!);

    private NvdimmDevice Device(params (long Offset, byte[] Bytes)[] parts) => Samples.Device() with { Path = folder.Device(512 * MiB, parts) };
}
