using System.Text.RegularExpressions;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Hook.Tests;

public sealed class BeforeVmStartTests
{
    private const string Point = "before_vm_start";
    private HookHost host = null!;

    [SetUp]
    public void SetUp() => host = new HookHost();

    [TearDown]
    public void TearDown() => host.Dispose();

    [Test]
    public void FirstUse_IsRecordedAndClaimed_AndTheDomainStays()
    {
        host.AddFsdax(0);
        var domain = host.Domain("engine-one.xml");
        var (status, line, codes) = host.Run(Point, domain);
        Assert.That(status, Is.Zero, line);
        Assert.That(codes, Is.EqualTo(new[] { NvdimmCodes.PersistenceNotGuaranteed, NvdimmCodes.HypervisorNotVerified }));
        Assert.That(File.ReadAllText(host.Payload), Is.EqualTo(domain));
        var record = host.Ledger.List().Records.Single();
        Assert.That((record.VmId, record.VmName, record.Layout!.GuestSize), Is.EqualTo((HookHost.VmId, "pmem-vm", ByteSize.FromMiB(896))));
        Assert.That(host.Claims.Find(record.Identity).Claim!.Holder.VmId, Is.EqualTo(HookHost.VmId));
    }

    /// <summary>QEMU's own documentation recommends a file on a file system that is mounted with DAX.</summary>
    [Test]
    public void RegularFile_IsADeviceOfItsOwn()
    {
        var path = host.Write("store/vm1.img", "");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(1L << 30);
        }

        var domain = host.Domain("engine-one.xml").Replace(host.Device(0), path, StringComparison.Ordinal);
        var (status, line, codes) = host.Run(Point, domain);
        Assert.That(status, Is.Zero, line);
        Assert.That(codes, Does.Contain(NvdimmCodes.PersistenceNotGuaranteed).And.Not.Contain(NvdimmCodes.XmlUnmatched));
        var record = host.Ledger.List().Records.Single();
        Assert.That((record.Path, record.VmId, record.Layout!.GuestSize), Is.EqualTo((path, HookHost.VmId, ByteSize.FromMiB(896))));
        Assert.That(host.Claims.Find(record.Identity).Claim!.Holder.VmId, Is.EqualTo(HookHost.VmId));

        // A loop device is a use of the file by the host.
        host.Write("sys/block/loop3/loop/backing_file", $"{path}\n");
        host.AssertRefused(Point, domain, NvdimmCodes.InUseByHost);
    }

    [Test]
    public void FourNvdimms_AreAllChecked()
    {
        Enumerable.Range(0, 4).ToList().ForEach(number => host.AddFsdax(number));
        Assert.That(host.Run(Point, host.Domain("engine-four.xml")).Status, Is.Zero);
        Assert.That(host.Ledger.List().Records, Has.Count.EqualTo(4));
    }

    [Test]
    public void Restart_TakesTheClaimOfAFailedStartOver()
    {
        host.AddFsdax(0);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
    }

    [Test]
    public void DeviceOfAnotherVm_StopsTheStart_UntilItIsGiven()
    {
        host.AddFsdax(0);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        var record = host.Ledger.List().Records.Single();
        host.Claims.Release(host.Claims.Find(record.Identity).Claim!);
        host.Environment["vmId"] = "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";
        var line = host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.UsedByOtherVm);
        Assert.That(line, Does.Contain("'nvdimm layout give namespace0.0 --to 6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10'"));
        host.Environment["nvdimm"] = HookHost.Uuid(0).ToString("D");
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.UsedByOtherVm);
        Assert.That(host.Ledger.List().Records.Single(), Is.EqualTo(record), "the property that a clone carries along opens no device");

        host.Ledger.Give(record.Identity, record.Name, record.Path, new DeviceOwner(null, host.Environment["vmId"]), [], []);
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        host.Environment["vmId"] = HookHost.VmId;
        host.Environment["nvdimm"] = null;
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.ClaimHeld);
    }

    /// <summary>libvirt takes a uuid on POWER only (v9.0.0 <c>qemu_validate.c</c>, <c>qemuValidateDomainDeviceDefMemory</c>).</summary>
    [Test]
    public void UuidOnX86_IsRefusedAsLibvirtDoes()
    {
        host.AddFsdax(0);
        const string Memory = "<memory model=\"nvdimm\" access=\"shared\">";
        var domain = host.Domain("engine-one.xml").Replace(Memory, $"{Memory}<uuid>{HookHost.VmId}</uuid>", StringComparison.Ordinal);
        var line = host.AssertRefused(Point, domain, NvdimmCodes.XmlUuid);
        Assert.That(line, Does.Not.Contain(NvdimmCodes.HookFailed));
        Assert.That(host.Ledger.List().Records, Is.Empty);
    }

    [Test]
    public void DevicesThatHaveSwappedNames_StopTheStart()
    {
        Enumerable.Range(0, 4).ToList().ForEach(number => host.AddFsdax(number));
        Assert.That(host.Run(Point, host.Domain("engine-four.xml")).Status, Is.Zero);
        host.Write($"{host.Pfn(0)}/uuid", $"{HookHost.Uuid(1):D}\n");
        host.Write($"{host.Pfn(1)}/uuid", $"{HookHost.Uuid(0):D}\n");
        var (status, _, codes) = host.Run(Point, host.Domain("engine-four.xml"));
        Assert.That((status, codes.Contains(NvdimmCodes.IdentityChanged)), Is.EqualTo((ExitStatus.Refused, true)));
    }

    [Test]
    public void NvdimmWithoutLabel_StartsWithoutOne_AndKeepsTheOneThatItHad()
    {
        host.AddFsdax(0);
        var labelled = host.Domain("engine-one.xml");
        var domain = Regex.Replace(labelled, "<label>.*?</label>", "", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.That(host.Run(Point, domain).Status, Is.Zero);
        Assert.That(File.ReadAllText(host.Payload), Is.EqualTo(domain));
        var layout = host.Ledger.List().Records.Single().Layout!;
        Assert.That((layout.LabelSize, layout.GuestSize), Is.EqualTo((ByteSize.Zero, layout.BackendSize)));
        var (status, line, codes) = host.Run(Point, labelled);
        Assert.That((status, codes.Contains(NvdimmCodes.HookLayoutKept)), Is.EqualTo((0, true)), line);
        Assert.That(line, Does.Contain("label none in place of 131072"));
        Assert.That(DomainNvdimms.Read(File.ReadAllText(host.Payload)).Elements.Single().LabelSize, Is.Null);
        Assert.That(host.Ledger.List().Records.Single().Layout, Is.EqualTo(layout));
    }

    [Test]
    public void MissingStateFolder_StopsTheStart_AndNotThatOfOtherVms()
    {
        host.AddFsdax(0);
        Directory.Delete(host.State, recursive: true);
        var (status, line, _) = host.Run(Point, host.Domain("engine-one.xml"));
        Assert.That(status, Is.EqualTo(ExitStatus.Refused));
        Assert.That(line, Does.Contain(NvdimmCodes.StateFolderMissing).And.Contain($"nvdimm layout adopt --state-folder {host.State}'"));
        Assert.That(host.Run(Point, "<domain/>").Status, Is.Zero);
        host.Run("after_hostdev_list_by_caps", "{}");
        Assert.That(Directory.Exists(host.State), Is.False, "no hook makes it");

        Directory.CreateDirectory(host.State);
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.StateFolderForeign);
        host.Run("after_hostdev_list_by_caps", "{}");
        Assert.That(Directory.EnumerateFileSystemEntries(host.State), Is.Empty, "nothing is made in a folder that is not ours");
        StateFolder.Make(host.State, "another-host");
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.StateFolderForeign);
        Assert.That(Directory.EnumerateFileSystemEntries(host.State).Select(Path.GetFileName), Is.EqualTo(["host-another-host"]));
        StateFolder.Make(host.State, MachineId.Of(host.Root));
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
    }

    [Test]
    public void AnyRecordThatCannotBeRead_StopsTheStart()
    {
        host.AddFsdax(0);
        host.Write("var/lib/nvdimm-extensions/uuid-00000000-0000-0000-0000-000000000001.json", "{");
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.EqualTo(ExitStatus.Refused));
    }

    [TestCase("engine-one.xml", "recorded")]
    [TestCase("engine-align-4k.xml", "align-4k")]
    public void OtherSizeThanRecorded_KeepsTheRecorded(string first, string golden)
    {
        host.AddFsdax(0);
        Assert.That(host.Run(Point, host.Domain(first)).Status, Is.Zero);
        var (status, line, codes) = host.Run(Point, host.Domain("engine-other-size.xml"));
        Assert.That((status, codes.Contains(NvdimmCodes.HookLayoutKept)), Is.EqualTo((0, true)), line);
        Golden.AssertMatches(TestFiles.PathOf("hook", $"engine-other-size.{golden}.expected.xml"), host.ReadPayload());
    }

    [Test]
    public void OtherSizeThanRecorded_ThatAnAdministratorHasAccepted_IsUsed()
    {
        host.AddFsdax(0);
        host.Run(Point, host.Domain("engine-one.xml"));
        var record = host.Ledger.List().Records.Single();
        var finding = Finding.Error(
            NvdimmCodes.LayoutChanged, ("fields", "labelOffset, guestSize"), ("recorded", "941490176, 939524096"), ("planned", "807272448, 805306368"));
        host.Ledger.Accept(record.Identity, record.Name, record.Path, [finding], "admin");
        var domain = host.Domain("engine-other-size.xml");
        var (status, line, _) = host.Run(Point, domain);
        Assert.That((status, File.ReadAllText(host.Payload)), Is.EqualTo((0, domain)), line);
        Assert.That(host.Ledger.List().Records.Single().Layout!.GuestSize, Is.EqualTo(ByteSize.FromMiB(768)));
    }

    [Test]
    public void Power_GetsAStableUuid()
    {
        host.AddFsdax(0, align: 64 << 10);
        var (status, line, _) = host.Run(Point, host.Domain("engine-power.xml"));
        Assert.That(status, Is.Zero, line);
        Golden.AssertMatches(TestFiles.PathOf("hook", "engine-power.expected.xml"), host.ReadPayload());
        Assert.That(host.Ledger.List().Records.Single().Layout!.GuestUuid, Is.Not.Null);
    }

    /// <summary>A script that ran after the hook has written another uuid: the guest does not see its namespaces.</summary>
    [Test]
    public void Power_ThatIsStartedWithAnotherUuid_IsSaid()
    {
        host.AddFsdax(0, align: 64 << 10);
        Assert.That(host.Run("before_vm_start", host.Domain("engine-power.xml")).Status, Is.Zero);
        var started = File.ReadAllText(host.Payload);
        var recorded = host.Ledger.List().Records.Single().Layout!.GuestUuid!.Value;
        Assert.That(started, Does.Contain($"{recorded:D}"));
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        Assert.That(host.Run("after_vm_start", started).Codes, Is.Empty);
        var other = host.Run("after_vm_start", started.Replace($"{recorded:D}", "8ec948ec-8898-46af-889c-470b50297999", StringComparison.Ordinal));
        Assert.That(other.Codes, Does.Contain(NvdimmCodes.LayoutUuidChanged));
    }

    [Test]
    public void NoDevice_IsRefused()
    {
        host.AddFsdax(1);
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.XmlUnmatched, EngineCodes.HostDeviceNotAvailable);
    }

    [Test]
    public void ReadOnlyDevice_IsRefused()
    {
        host.AddFsdax(0);
        host.Write($"{host.Pfn(0)}/block/pmem0/ro", "1\n");
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.ReadOnly);
    }

    [Test]
    public void MountedDevice_IsRefused()
    {
        host.AddFsdax(0);
        host.Write("proc/self/mountinfo", "36 35 259:0 / /mnt rw - ext4 /dev/pmem0 rw\n");
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.InUseByHost);
    }

    [TestCase("daxA")]
    [TestCase("dax0.0")]
    [TestCase("nvme-eui.1")]
    public void LinkToADevice_BehavesAsTheDevice(string name)
    {
        host.AddFsdax(0);
        var link = Path.Combine(Directory.CreateDirectory(Path.Combine(host.Root, "dev", "disk")).FullName, name);
        File.CreateSymbolicLink(link, "../pmem0");
        var domain = host.Domain("engine-one.xml").Replace(host.Device(0), link, StringComparison.Ordinal);
        host.Write($"{host.Pfn(0)}/block/pmem0/ro", "1\n");
        host.AssertRefused(Point, domain, NvdimmCodes.ReadOnly);
        host.Write($"{host.Pfn(0)}/block/pmem0/ro", "0\n");
        host.Write("proc/self/mountinfo", "36 35 259:0 / /mnt rw - ext4 /dev/pmem0 rw\n");
        host.AssertRefused(Point, domain, NvdimmCodes.InUseByHost);
        host.Write("proc/self/mountinfo", "");
        host.Write($"{host.Pfn(0)}/block/pmem0/holders/dm-0", "");
        host.AssertRefused(Point, domain, NvdimmCodes.InUseByHost);
        Assert.That(host.Ledger.List().Records, Is.Empty);
        File.Delete(Path.Combine(host.Root, host.Pfn(0), "block", "pmem0", "holders", "dm-0"));
        var (status, line, _) = host.Run(Point, domain);
        Assert.That((status, File.ReadAllText(host.Payload)), Is.EqualTo((0, domain)), line);
        Assert.That(host.Ledger.List().Records.Single().Identity.Key, Is.EqualTo($"uuid-{HookHost.Uuid(0):D}"));
    }

    [Test]
    public void NameOfAnotherDevice_IsRefused()
    {
        host.AddFsdax(0);
        host.Run(Point, host.Domain("engine-one.xml"));
        host.Write($"{host.Pfn(0)}/uuid", "22222222-82b6-40ad-8962-6f0412bab47d\n");
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.IdentityChanged);
    }

    [Test]
    public void ClaimedDevice_IsRefused_AndTheClaimStands()
    {
        host.AddFsdax(0);
        host.Environment["vmId"] = "another";
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        host.Environment["vmId"] = HookHost.VmId;
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.ClaimHeld);
        Assert.That(host.Claims.Find(host.Ledger.List().Records.Single().Identity).Claim!.Holder.VmId, Is.EqualTo("another"));
    }

    /// <summary>Refused until it is permitted, and again when the permission is withdrawn; the other VM runs all the time.</summary>
    [Test]
    public void DeviceThatIsSharedOnPurpose_StartsBesideTheOtherVm()
    {
        const string Other = "5f1c2d3e-0000-4000-8000-00000000000b";
        host.AddFsdax(0);
        host.Environment["vmId"] = Other;
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        host.Environment["vmId"] = HookHost.VmId;
        using var qemu = new FakeQemu(host.Root, "other-vm", Other, host.Device(0));
        var record = host.Ledger.List().Records.Single();
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.ClaimHeld);

        host.Ledger.Share(record.Identity, record.Name, record.Path, [Other, HookHost.VmId], "root");
        Assert.That(host.Run(Point, host.Domain("engine-one.xml"), "--simulate").Line, Does.Not.Contain("would fail"));
        Assert.That(host.Run(Point, host.Domain("engine-one.xml")).Status, Is.Zero);
        Assert.That(new[] { Other, HookHost.VmId }.Select(vm => host.Claims.FindOf(record.Identity, vm)), Has.None.Null);
        Assert.That(host.Ledger.List().Records.Single().Layout, Is.EqualTo(record.Layout), "both have the one layout");

        host.Ledger.Share(record.Identity, record.Name, record.Path, [], "root");
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.ClaimHeld);
    }

    [Test]
    public void DeviceOfARunningQemu_IsRefused()
    {
        host.AddFsdax(0);
        using var qemu = new FakeQemu(host.Root, "other-vm", Guid.NewGuid().ToString("D"), host.Device(0));
        var line = host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.UsedByOtherVm);
        Assert.That(line, Does.Contain("other-vm, which is running"));
    }

    [TestCase("dev/disk/x", "dev/pmem0")]
    [TestCase("dev/pmem0", "dev//pmem0")]
    [TestCase("dev/pmem0", "dev/disk/x")]
    [TestCase("dev/disk/../pmem0", "dev/./pmem0")]
    public void DeviceOfARunningQemu_UnderAnotherName_IsRefused(string qemuHas, string domainHas)
    {
        host.AddFsdax(0);
        host.AddFsdax(1);
        File.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(host.Root, "dev", "disk")).FullName, "x"), "../pmem0");
        var domain = host.Domain("engine-one.xml").Replace(host.Device(0), $"{host.Root}/{domainHas}", StringComparison.Ordinal);
        using (var qemu = new FakeQemu(host.Root, "other-vm", Guid.NewGuid().ToString("D"), $"{host.Root}/{qemuHas}"))
        {
            Assert.That(host.AssertRefused(Point, domain, NvdimmCodes.UsedByOtherVm), Does.Contain("other-vm, which is running"));
        }

        using (var qemu = new FakeQemu(host.Root, "other-vm", Guid.NewGuid().ToString("D"), host.Device(1)))
        {
            Assert.That(host.Run(Point, domain).Status, Is.Zero, "and no other device");
        }
    }

    [Test]
    public void SmallDevice_WhoseSizeQemuRefuses_IsRefused()
    {
        host.AddFsdax(0, size: 512 << 20);
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.LargerThanDevice);
    }

    [Test]
    public void DamagedLedger_RefusesAVmWithNvdimms_AndNoOther()
    {
        host.AddFsdax(0);
        host.Run(Point, host.Domain("engine-one.xml"));
        File.WriteAllText(Directory.GetFiles(host.State, "uuid-*.json").Single(), $"{{\"vmId\": \"{HookHost.VmId}\"");
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.LedgerDamaged);
        var (status, _, codes) = host.Run(Point, host.Domain("engine-without.xml"));
        Assert.That((status, codes.Single()), Is.EqualTo((0, NvdimmCodes.ExpectedNvdimmsUnknown)));
        File.WriteAllText(Directory.GetFiles(host.State, "uuid-*.json").Single(), "");
        Assert.That(host.Run(Point, host.Domain("engine-without.xml")).Codes, Is.EqualTo([NvdimmCodes.ExpectedNvdimmsUnknown]), "an empty record may be the VM's");
    }

    [Test]
    public void WrongConfiguration_RefusesAVmWithNvdimms_AndNoOther()
    {
        host.AddFsdax(0);
        host.Configure("journal = no", "frob = 1");
        var line = host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.HookConfiguration);
        Assert.That(line, Does.Contain("hook.conf, line 2: there is no key 'frob'"));
        Assert.That(host.Run(Point, host.Domain("engine-without.xml")), Is.EqualTo((0, "", ValueList<string>.Empty)));
    }

    [Test]
    public void LeftOut_ByTheLedger_IsRefused_UnlessThePropertySaysNone()
    {
        host.AddFsdax(0);
        host.Run(Point, host.Domain("engine-one.xml"));
        host.AssertRefused(Point, host.Domain("engine-without.xml"), NvdimmCodes.SilentlyDetached);
        host.Environment["nvdimm"] = "none";
        Assert.That(host.Run(Point, host.Domain("engine-without.xml")).Status, Is.Zero);
        host.Environment.Remove("nvdimm");
        host.Configure("missing-nvdimm = warn");
        var (status, line, _) = host.Run(Point, host.Domain("engine-without.xml"));
        Assert.That(status, Is.Zero);
        Assert.That(line, Does.Contain("should have namespace0.0"));
    }

    [TestCase("namespace0.0,namespace1.0", "namespace1.0")]
    [TestCase("10000000-82b6-40ad-8962-6f0412bab47d 10000009-82b6-40ad-8962-6f0412bab47d", "10000009-82b6-40ad-8962-6f0412bab47d")]
    public void LeftOut_ByTheProperty_IsRefused(string property, string missing)
    {
        host.AddFsdax(0);
        host.Environment["nvdimm"] = property;
        Assert.That(host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.SilentlyDetached), Does.Contain($"should have {missing},"));
        Assert.That(host.AssertRefused(Point, host.Domain("engine-without.xml"), NvdimmCodes.SilentlyDetached), Does.Contain("should have").And.Contain(missing));
    }
}
