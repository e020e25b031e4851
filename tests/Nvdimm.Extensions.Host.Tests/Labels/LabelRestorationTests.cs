using NSubstitute;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Labels;

public sealed class LabelRestorationTests
{
    private const long MiB = 1L << 20;
    private const long From = 404619264;
    private const long To = From + (2 * MiB);

    private static readonly byte[] Real = RealLabels.Read(RealLabels.TwoNamespaces);
    private static readonly byte[] Before = Enumerable.Repeat((byte)0xA5, RealLabels.Size).ToArray();

    private TemporaryFolder folder = null!;
    private IDeviceUseReader use = null!;
    private DeviceClaims claims = null!;
    private DeviceClaim claim = null!;
    private LabelRestoration restoration = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        use = Substitute.For<IDeviceUseReader>();
        use.Read(Arg.Any<string>()).Returns(DeviceUse.Free);
        claims = new DeviceClaims(StateFolders.Made(folder.Path), new FixedTime());
        claim = claims.TryClaim(Samples.Identity(), "x", ClaimHolder.OfProcess("test", null, Environment.ProcessId)).Claim!;
        restoration = new LabelRestoration(new LayoutLedger(folder.Path, new FixedTime()), claims, use);
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    /// <summary>Interrupted after any number of bytes: what is there is of the labels up to it, and of before from there on.</summary>
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4096)]
    [TestCase(RealLabels.Size - 1)]
    [TestCase(RealLabels.Size)]
    public void Run_AfterAWriteOfThatManyBytes_PutsEveryByteBack(int written)
    {
        var backup = Relocated(out var device);
        Write(device, [.. Real[..written], .. Before[written..]]);
        Assert.That(restoration.Plan(device, backup).Findings, Is.Empty);
        Assert.That(At(device), Is.EqualTo([.. Real[..written], .. Before[written..]]), "a plan writes nothing");
        Assert.That(restoration.Run(device, backup, claim).Findings, Is.Empty);
        Assert.That(At(device), Is.EqualTo(Before));
    }

    [Test]
    public void Run_WhatWasChangedSince_IsLeft()
    {
        var backup = Relocated(out var device);
        byte[] changed = [.. Real[..^1], unchecked((byte)(Before[^1] + 1))];
        Write(device, changed);
        Assert.That(restoration.Run(device, backup, claim).Findings.Single().Code, Is.EqualTo(NvdimmCodes.RestoreChanged));
        Assert.That(At(device), Is.EqualTo(changed));
    }

    [Test]
    public void Run_InUseOrNotClaimed_WritesNothing()
    {
        var backup = Relocated(out var device);
        claims.Release(claim);
        Assert.That(restoration.Run(device, backup, claim).Findings.Single().Code, Is.EqualTo(NvdimmCodes.RelocationNotClaimed));
        claim = claims.TryClaim(Samples.Identity(), "x", claim.Holder).Claim!;
        use.Read(device.Path!).Returns(new DeviceUse(IsReadOnly: false, ["swap"]));
        Assert.That(restoration.Run(device, backup, claim).Findings.Single().Code, Is.EqualTo(NvdimmCodes.InUseByHost));
        use.Read(device.Path!).Returns(_ => throw new IOException("no sysfs"));
        Assert.That(restoration.Run(device, backup, claim).Findings.Single().Code, Is.EqualTo(NvdimmCodes.HostUseUnknown));
        Assert.That(At(device), Is.EqualTo(Real));
    }

    [Test]
    public void Plan_OfAnotherDeviceOrABrokenBackup_IsRefused()
    {
        var backup = Relocated(out var device);
        Refused(device with { Uuid = Samples.Uuid(3) }, backup, NvdimmCodes.RestoreBadBackup);
        Refused(device, folder.Write("x.bin", ""), NvdimmCodes.RestoreBadBackup);
        Refused(device, folder.PathOf("backups", $"{Samples.Identity()}.2.labels-at-1.bin"), NvdimmCodes.RestoreBadBackup);
        Refused(device with { Path = "/dev/nvdimm-none" }, backup, NvdimmCodes.LayoutUnreadable);
        using (var file = File.OpenWrite(device.Path!))
        {
            file.SetLength(To);
        }

        Refused(device, backup, NvdimmCodes.RelocationOutsideDevice);
        File.AppendAllText(backup, "x");
        Refused(device, backup, NvdimmCodes.RestoreBadBackup);
        Assert.That(() => restoration.Plan(device with { Path = null }, backup), Throws.ArgumentException);
        Assert.That(LabelRestoration.IdentityOf(backup), Is.EqualTo(Samples.Identity()));
        Assert.That(LabelRestoration.IdentityOf("/tmp/x.1.labels-at-1.bin"), Is.Null);
    }

    /// <summary>The backup as a relocation leaves it.</summary>
    private string Relocated(out NvdimmDevice device)
    {
        device = Samples.Device() with { Path = folder.Device(512 * MiB, (From, Real), (To, Before)) };
        var relocation = new LabelRelocation(folder.Path, claims, use);
        var plan = relocation.Plan(device, new FoundLabels(ByteSize.FromBytes(From), LabelArea.Read(Real)!), ByteSize.FromBytes(To));
        return relocation.Run(plan, claim).TargetBackup!;
    }

    private void Refused(NvdimmDevice device, string backup, string code) =>
        Assert.That(restoration.Plan(device, backup).Findings.Select(finding => finding.Code), Is.EqualTo([code]));

    private static void Write(NvdimmDevice device, byte[] bytes)
    {
        using var file = File.OpenHandle(device.Path!, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, bytes, To);
    }

    private static byte[] At(NvdimmDevice device)
    {
        using var file = File.OpenHandle(device.Path!);
        var bytes = new byte[RealLabels.Size];
        Assert.That(RandomAccess.Read(file, bytes, To), Is.EqualTo(bytes.Length));
        return bytes;
    }
}
