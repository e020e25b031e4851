using System.Globalization;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Extensions.Host.Tests.Ledger;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

public sealed class StartEvidenceTests
{
    private const long MiB = 1L << 20;
    private const long Offset = 404619264;

    private static readonly byte[] Real = RealLabels.Read(RealLabels.TwoNamespaces);

    private TemporaryFolder folder = null!;
    private StartEvidenceReader reader = null!;
    private NvdimmDevice device = null!;

    [SetUp]
    public void MakeHost()
    {
        folder = new TemporaryFolder();
        folder.Write("proc/self/mountinfo", "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n");
        folder.Write("proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
        folder.Write("sys/block/pmem0/dev", "259:0\n");
        folder.Write("sys/block/pmem0/ro", "0\n");
        Directory.CreateDirectory(folder.PathOf("sys", "block", "pmem0", "holders"));
        device = Samples.Device() with { Path = folder.Device(512 * MiB) };
        folder.Write("sys/block/pmem0/device/uuid", $"{device.Uuid}\n");
        StateFolders.Made(folder.PathOf("state"));
        Verified(mismatches: 0);
        reader = new StartEvidenceReader(folder.PathOf("state"), new FixedTime(), folder.Path);
    }

    [TearDown]
    public void RemoveHost() => folder.Dispose();

    [Test]
    public void Check_NothingSpeaksAgainstIt_IsAllowed()
    {
        var verdict = Check();
        Expect(verdict, isAllowed: true);
        Assert.That((verdict.Check!.Verdict, verdict.Evidence.Use, verdict.Evidence.Hypervisor?.State), Is.EqualTo((GuardVerdict.FirstUse, DeviceUse.Free, FingerprintState.Verified)));
        Assert.That(Directory.Exists(folder.PathOf("state", "claims")), Is.False, "nothing is claimed");
    }

    [Test]
    public void Check_DeviceThatTheListingCallsUnusable_IsRefused()
    {
        device = device.With(Finding.Error(NvdimmCodes.DuplicateUuid, ("device", device.Name), ("uuid", $"{device.Uuid}"), ("others", "namespace1.0")))
            .With(Finding.Warning(NvdimmCodes.NoNumaNode, ("device", device.Name)));
        Expect(Check(), isAllowed: false, NvdimmCodes.DuplicateUuid);
    }

    [Test]
    public void Use_RecordsWhatTheNextCheckCallsTheSame()
    {
        device = device with { Path = folder.Device(512 * MiB, (Offset, Real)) };
        var use = Check().Use();
        Assert.That((use.VmName, use.VmId, use.LabelHash, use.Hypervisor), Is.EqualTo(("db", "1", LabelArea.Read(Real)!.Hash, "libvirt 9.0.0, qemu x86_64 7.2.22")));
        Assert.That(use.LabelSum, Is.EqualTo(LabelArea.Read(Real)!.Sum));
        reader.Ledger.Save(use);
        var again = Check();
        Expect(again, isAllowed: true);
        Assert.That(again.Check!.Verdict, Is.EqualTo(GuardVerdict.Same));
    }

    [Test]
    public void Check_OtherLayout_IsTheGuardsRefusal_AndCanBeAccepted()
    {
        reader.Ledger.Save(Check().Use());
        var planned = Samples.Layout(alignMebibytes: 16);
        var verdict = reader.Decide(device, planned);
        Expect(verdict, isAllowed: false, NvdimmCodes.LayoutChanged, NvdimmCodes.LayoutToWrite);
        reader.Ledger.Accept(verdict.Evidence.Identity, device.Name, device.Path!, verdict.Refusals, "root");
        Expect(reader.Decide(device, planned), isAllowed: true, NvdimmCodes.LayoutChanged);
    }

    /// <summary>Whoever has files in the place of devices says himself what is done with them.</summary>
    [Test]
    public void Check_AsksTheReaderThatItWasGiven()
    {
        var own = new StartEvidenceReader(folder.PathOf("state"), new FixedTime(), folder.Path) { UseReader = new Used() };
        var verdict = own.Decide(device, Samples.Layout());
        Expect(verdict, isAllowed: false, NvdimmCodes.InUseByHost);
        Assert.That(verdict.Evidence.Use!.Uses, Is.EqualTo(new[] { "open in process 7" }));
    }

    [Test]
    public void Check_AnotherNamespaceUnderTheName_IsRefused()
    {
        folder.Write("sys/block/pmem0/device/uuid", $"{Samples.Uuid(9)}\n");
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.IdentityChanged);
        Assert.That((verdict.Findings[0]["attachedUuid"], verdict.Findings[0]["uuid"]), Is.EqualTo(($"{device.Uuid}", $"{Samples.Uuid(9)}")));
        folder.Write("sys/block/pmem0/device/uuid", "\n");
        verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.IdentityChanged);
        Assert.That(verdict.Findings[0]["uuid"], Is.EqualTo("none"));
        Expect(reader.Decide(device with { Uuid = null }, Samples.Layout()), isAllowed: true);
    }

    /// <summary>sysfs shows a dax device as a child of the namespace's device.</summary>
    [Test]
    public void Check_DaxDeviceOfAnotherNamespace_IsRefused()
    {
        var dax = device with { Mode = NamespaceMode.Devdax, Path = folder.PathOf("dev", "dax0.0") };
        File.Copy(device.Path!, dax.Path);
        folder.Write("sys/devices/region0/dax0.1/uuid", $"{device.Uuid}\n");
        Directory.CreateDirectory(folder.PathOf("sys", "devices", "region0", "dax0.1", "dax0.0"));
        Directory.CreateDirectory(folder.PathOf("sys", "bus", "dax", "devices"));
        Assert.That(Identity(dax), Is.Empty, "sysfs does not know it");
        Directory.CreateSymbolicLink(folder.PathOf("sys", "bus", "dax", "devices", "dax0.0"), "../../../devices/region0/dax0.1/dax0.0");
        Assert.That(Identity(dax), Is.Empty);
        Assert.That(Identity(dax with { Uuid = Samples.Uuid(9) }), Is.EqualTo([NvdimmCodes.IdentityChanged]));
    }

    [Test]
    public void Check_DaxDeviceWithBadBlocks_IsNotRead()
    {
        var dax = device with { Mode = NamespaceMode.Devdax, BadBlockCount = 2 };
        Expect(reader.Decide(dax, Samples.Layout()), isAllowed: false, NvdimmCodes.LayoutUnreadable);
        Expect(reader.Decide(device with { BadBlockCount = 2 }, Samples.Layout()), isAllowed: true);
    }

    [Test]
    public void Check_DeviceThatTheHostUses_IsRefused()
    {
        folder.Write("sys/block/pmem0/ro", "1\n");
        folder.Write("sys/block/pmem0/holders/dm-0", "");
        Expect(Check(), isAllowed: false, NvdimmCodes.ReadOnly, NvdimmCodes.InUseByHost);
    }

    [Test]
    public void Check_UseThatCannotBeRead_IsRefused()
    {
        File.Delete(folder.PathOf("sys", "block", "pmem0", "ro"));
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.HostUseUnknown);
        Assert.That(verdict.Evidence.Use, Is.Null);
    }

    [Test]
    public void Check_ClaimedByAnother_IsRefused_ButNotByItself()
    {
        var claim = reader.Claims.TryClaim(DeviceIdentity.Of(device), device.Name, ClaimHolder.OfProcess("db", null, Environment.ProcessId)).Claim;
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.ClaimHeld);
        Assert.That(
            string.Join(' ', verdict.Findings[0].Arguments),
            Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"device=namespace0.0 vm=db pid={Environment.ProcessId}")));
        Assert.That(verdict.Evidence.OwnUses, Is.EqualTo(verdict.Findings), "the claim is the VM's own");
        var others = reader.Read(new StartVm("other", "2"), device, Starting.Asked(Samples.Layout()), reader.ReadHost());
        Assert.That((others.OwnUses.Count, others.HostFindings), Is.EqualTo((0, verdict.HostFindings)));
        Expect(reader.Decide(device, Samples.Layout(), claim), isAllowed: true);
        var torn = $"state/claims/{MachineId.Of()}.{ClaimHolder.CurrentBoot()}/{DeviceIdentity.Of(device)}.claim";
        File.Delete(folder.PathOf(torn.Split('/')));
        folder.Write(torn, "{");
        Expect(reader.Decide(device, Samples.Layout(), claim), isAllowed: false, NvdimmCodes.ClaimDamaged);
        File.Delete(folder.PathOf(torn.Split('/')));
        Directory.CreateDirectory(folder.PathOf(torn.Split('/')));
        Expect(Check(), isAllowed: false, NvdimmCodes.ClaimDamaged);
    }

    [Test]
    public void Check_Hypervisor_DriftRefuses_AndNotVerifiedWarns()
    {
        Verified(mismatches: 3);
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.HypervisorDrift);
        Assert.That(verdict.Findings[0].Message, Does.Contain("3 of 5 cases"));
        File.AppendAllText(folder.PathOf("program"), "more");
        Expect(Check(), isAllowed: true, NvdimmCodes.HypervisorNotVerified);
        Verified(mismatches: 0, ConformanceScope.QemuAlone);
        verdict = Check();
        Expect(verdict, isAllowed: true, NvdimmCodes.HypervisorNotVerified);
        Assert.That(verdict.Findings[0].Message, Does.Contain("libvirt was not asked"));
        var stored = new FingerprintStore(folder.PathOf("state")).Path;
        File.WriteAllText(stored, "{");
        Expect(Check(), isAllowed: true, NvdimmCodes.HypervisorNotVerified);
        File.Delete(stored);
        Assert.That(Check().Findings.Single().Message, Does.Contain("never verified"));
        Directory.CreateDirectory(stored);
        verdict = Check();
        Expect(verdict, isAllowed: true, NvdimmCodes.HypervisorNotVerified);
        Assert.That((verdict.Evidence.Hypervisor, verdict.Use().Hypervisor), Is.EqualTo(((FingerprintResult?)null, (string?)null)));
    }

    private IEnumerable<string> Identity(NvdimmDevice dax) =>
        reader.Decide(dax, Samples.Layout()).HostFindings.Select(finding => finding.Code).Where(code => code == NvdimmCodes.IdentityChanged);

    /// <summary>It is asked for the guest of the planned layout, not for any.</summary>
    [Test]
    public void Check_HypervisorVerifiedForX86_IsNotVerifiedForPower()
    {
        Verified(mismatches: 0);
        Expect(Check(), isAllowed: true);
        var power = Samples.Layout() with { Architecture = GuestArchitecture.Ppc64Le, GuestUuid = Guid.NewGuid() };
        var verdict = reader.Decide(device, power);
        Assert.That(verdict.Evidence.Hypervisor?.State, Is.EqualTo(FingerprintState.NotCovered));
        Assert.That(
            verdict.HostFindings.Single(finding => finding.Code == NvdimmCodes.HypervisorNotVerified).Message,
            Does.Contain("no QEMU for ppc64le guests was verified"));
    }

    /// <summary>
    /// A POWER backend that is no whole page: QEMU 7.2 starts it, 10.0 refuses it, and where the installed one was not verified, it is a warning.
    /// </summary>
    [TestCase("7.2.22", null)]
    [TestCase("10.0.0", Severity.Error)]
    [TestCase(null, Severity.Warning)]
    public void Read_KnownPair_IsWhatTheAskedLayoutIsReckonedWith(string? qemu, Severity? severity)
    {
        Verified(mismatches: qemu is null ? 1 : 0, qemu: new ProbedProgram("qemu ppc64", qemu ?? "7.2.22", folder.PathOf("program")));
        var request = new SizingRequest(GuestArchitecture.Ppc64, ByteSize.FromMiB(512)) { LabelSize = ByteSize.FromKiB(129) };
        var asked = AskedNvdimm.Of(NvdimmSizer.Keep(request, ByteSize.FromKiB((256 * 1024) + 129), alignSize: null));
        var evidence = reader.Read(new StartVm("vm1", null), device, asked, reader.ReadHost());
        Assert.That(
            evidence.Asked.Sizing.Findings.Where(finding => finding.Code == NvdimmCodes.BackendNotPages).Select(finding => (Severity?)finding.Severity),
            Is.EqualTo(severity is null ? [] : new[] { severity }));
        Assert.That(evidence.Asked.Sizing.LeavesAlignToQemu, Is.True, "what the domain leaves to QEMU stays so");
        Assert.That(evidence.Asked.Sizing.Request.Profile?.Qemu.Since, Is.EqualTo(qemu is null ? null : QemuProfile.For(Version.Parse(qemu))!.Since));
        var own = HypervisorProfile.Oldest;
        var keeps = asked with { Sizing = NvdimmSizer.Size(request with { Profile = own }) };
        Assert.That(reader.Read(new StartVm("vm1", null), device, keeps, reader.ReadHost()).Asked, Is.SameAs(keeps));
    }

    [Test]
    public void Read_DeviceWithoutPath_IsRefusedByName() => Assert.That(
        () => reader.Read(new StartVm("db", "1"), device with { Path = null }, Starting.Asked(Samples.Layout()), reader.ReadHost()),
        Throws.ArgumentException.With.Message.StartsWith("namespace0.0 has no device file").And.Property("ParamName").EqualTo("device"));

    /// <summary>The content is read unless backend and guest size are the recorded ones.</summary>
    [Test]
    public void Read_LooksAtTheContent_OnlyWhereTheLayoutIsNotTheRecordedOne()
    {
        Assert.That(Check().Evidence.Content, Is.Not.Null, "no record");
        reader.Ledger.Save(Check().Use());
        Assert.That(Check().Evidence.Content, Is.Null);
        var recorded = Samples.Layout();
        var otherBackend = Starting.Asked(recorded with { TargetSize = recorded.TargetSize + ByteSize.FromMiB(2), LabelSize = ByteSize.FromMiB(3) });
        var otherGuest = Starting.Asked(recorded with { LabelSize = ByteSize.FromMiB(4) });
        Assert.That(
            (otherBackend.Sizing.Layout?.BackendSize == recorded.BackendSize, otherBackend.Sizing.Layout?.GuestSize == recorded.GuestSize), Is.EqualTo((false, true)));
        Assert.That(
            (otherGuest.Sizing.Layout?.BackendSize == recorded.BackendSize, otherGuest.Sizing.Layout?.GuestSize == recorded.GuestSize), Is.EqualTo((true, false)));
        foreach (var asked in new[] { otherBackend, otherGuest })
        {
            Assert.That(reader.Read(new StartVm("db", "1"), device, asked, reader.ReadHost()).Content, Is.Not.Null);
        }
    }

    /// <summary>Two names are one device if they have the same uuid. A regular file has no other names.</summary>
    [Test]
    public void Read_OtherNamespaces_AreThoseOfTheHost_AndNamesakesThoseWithTheSameUuid()
    {
        Namespace(1, Samples.Uuid(0));
        Namespace(2, Samples.Uuid(2));
        Namespace(0, Samples.Uuid(0));
        var evidence = Check().Evidence;
        Assert.That(evidence.SameIdentityNames, Is.EqualTo(new[] { "namespace1.0" }));
        Assert.That(evidence.OtherDevices, Is.EqualTo(new[] { Samples.Identity(0), Samples.Identity(2) }), "without itself");
        var file = device with { File = new BackingFile(new FileIdentity(Samples.Uuid(50), 12, 1), IsDax: true) };
        evidence = reader.Read(new StartVm("db", "1"), file, Starting.Asked(Samples.Layout()), reader.ReadHost());
        Assert.That((evidence.OtherDevices.Count, evidence.SameIdentityNames.Count), Is.EqualTo((0, 0)));
    }

    /// <summary>It may be the only record that tells this device from another.</summary>
    [Test]
    public void Read_RecordsThatCannotBeRead_AreAFinding()
    {
        Directory.Delete(folder.PathOf("state"), recursive: true);
        File.CreateSymbolicLink(folder.PathOf("state"), "state");
        var evidence = Check().Evidence;
        Assert.That(evidence.HostFindings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.LedgerUnreadable));
        Assert.That(evidence.OtherRecords, Is.Empty);
        Assert.That(reader.ReadHost().FolderRefusal?.Code, Is.EqualTo(NvdimmCodes.LedgerUnreadable));
        Assert.That(reader.ReadHost().FolderRefusal?["reason"], Does.Contain(folder.PathOf("state", "host-")));
        Assert.That(evidence.HostFindings.First(finding => finding.Code == NvdimmCodes.LedgerUnreadable)["reason"], Does.Contain("state"));
    }

    [Test]
    public void Read_NamespacesThatCannotBeListed_AreAFinding()
    {
        Directory.CreateDirectory(folder.PathOf("sys", "bus", "nd"));
        File.CreateSymbolicLink(folder.PathOf("sys", "bus", "nd", "devices"), "devices");
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.HostUseUnknown);
        Assert.That(verdict.Findings[0]["device"], Is.EqualTo("namespace0.0"));
    }

    [Test]
    public void Read_DeviceFileThatCannotBeLookedAt_IsUnreadable()
    {
        File.Delete(device.Path!);
        File.CreateSymbolicLink(device.Path!, "pmem0");
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.HostUseUnknown, NvdimmCodes.LayoutUnreadable);
        Assert.That((verdict.Evidence.Use, verdict.Evidence.Labels.IsReadable), Is.EqualTo(((DeviceUse?)null, false)));
    }

    /// <summary>A running QEMU is a use of the device, claimed or not; it is the VM's own if it has the VM's name.</summary>
    [TestCase("other", 0)]
    [TestCase("db", 1)]
    public void Read_RunningQemuWithTheDevice_IsAFinding_AndAnOwnUseByItsName(string name, int own)
    {
        using var qemu = new FakeQemu(folder.Path, name, $"{Samples.Uuid(15)}", device.Path!);
        var evidence = Check().Evidence;
        Assert.That(
            evidence.HostFindings.Select(finding => finding.InFull()),
            Is.EqualTo(new[]
            {
                string.Create(CultureInfo.InvariantCulture, $"NVDIMM_USED_BY_OTHER_VM device=namespace0.0 otherVm={name}, which is running (process {qemu.Id})"),
            }));
        Assert.That(evidence.OwnUses, Is.EqualTo(evidence.HostFindings.Take(own)));
    }

    [Test]
    public void Read_RunningQemuWithAnotherDevice_OrThatSharesThisOne_IsNoFinding()
    {
        var other = folder.Write("dev/pmem1", "");
        using (new FakeQemu(folder.Path, "other", $"{Samples.Uuid(20)}", other))
        {
            Assert.That(Check().Evidence.HostFindings, Is.Empty);
        }

        reader.Ledger.Save(Check().Use());
        reader.Ledger.Share(DeviceIdentity.Of(device), device.Name, device.Path!, ["db", $"{Samples.Uuid(20)}"], "root");
        using (new FakeQemu(folder.Path, "other", $"{Samples.Uuid(20)}", device.Path!))
        {
            Assert.That(Check().Evidence.HostFindings, Is.Empty);
        }

        using (new FakeQemu(folder.Path, "third", $"{Samples.Uuid(30)}", device.Path!))
        {
            Assert.That(Check().Evidence.HostFindings.Select(finding => finding.Code), Is.EqualTo(new[] { NvdimmCodes.UsedByOtherVm }));
        }
    }

    [Test]
    public void Read_RunningQemusThatCannotBeListed_AreAFinding()
    {
        Directory.CreateDirectory(folder.PathOf("run", "libvirt"));
        File.CreateSymbolicLink(folder.PathOf("run", "libvirt", "qemu"), "qemu");
        var verdict = Check();
        Expect(verdict, isAllowed: false, NvdimmCodes.HostUseUnknown);
        Assert.That((verdict.Findings[0]["device"], verdict.Evidence.OwnUses.Count), Is.EqualTo(("namespace0.0", 0)));
    }

    /// <summary>The folder may have records of many devices, in any order.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Read_ItsRecord_IsThatOfItsIdentity(bool isRecorded)
    {
        foreach (var number in new[] { 1, 2 })
        {
            reader.Ledger.Save(Samples.Use(number) with { VmName = "other", VmId = "2" });
        }

        if (isRecorded)
        {
            reader.Ledger.Save(Check().Use());
        }

        var evidence = Check().Evidence;
        Assert.That(evidence.Recorded.Record?.Identity, Is.EqualTo(isRecorded ? Samples.Identity(0) : null));
        Assert.That(evidence.OtherRecords.Select(record => record.Identity), Is.EquivalentTo(new[] { Samples.Identity(1), Samples.Identity(2) }));
    }

    /// <summary>The installed versions lie between proven ones. The warning has both reasons. QEMU runs once for all devices.</summary>
    [Test]
    public void Read_VersionsBetweenProvenOnes_AreKnown()
    {
        File.Delete(new FingerprintStore(folder.PathOf("state")).Path);
        folder.Write("usr/lib64/libvirt.so.0.10000.0", "");
        File.CreateSymbolicLink(folder.PathOf("usr", "lib64", "libvirt.so.0"), "libvirt.so.0.10000.0");
        folder.WriteScript("usr/bin/qemu-system-x86_64", $"echo . >>{folder.PathOf("asked")}\necho 'QEMU emulator version 8.2.2 (Debian)'");
        var host = reader.ReadHost();
        foreach (var name in new[] { "namespace0.0", "namespace1.0" })
        {
            var evidence = reader.Read(new StartVm("db", "1"), device with { Name = name }, Starting.Asked(Samples.Layout()), host);
            var known = evidence.HostFindings.Single(finding => finding.Code == NvdimmCodes.HypervisorKnown);
            Assert.That(
                (known.Severity, known["reason"], known["rows"]),
                Is.EqualTo((Severity.Warning, "they were never verified", "libvirt 10.0.0 is between 9.0 and 11.3, QEMU 8.2.2 between 7.2 and 10.0")));
        }

        Assert.That(File.ReadAllLines(folder.PathOf("asked")), Has.Length.EqualTo(1));
    }

    /// <summary>A namespace as sysfs shows it.</summary>
    private void Namespace(int number, Guid uuid)
    {
        var at = $"sys/devices/ndbus0/region{number}/namespace{number}.0";
        folder.Write($"{at}/size", $"{512 * MiB}\n");
        folder.Write($"{at}/uuid", $"{uuid}\n");
        folder.Write($"{at}/numa_node", "0\n");
        Directory.CreateDirectory(folder.PathOf("sys", "bus", "nd", "devices"));
        File.CreateSymbolicLink(folder.PathOf("sys", "bus", "nd", "devices", $"namespace{number}.0"), folder.PathOf(at.Split('/')));
    }

    private void Verified(int mismatches, ConformanceScope scope = ConformanceScope.LibvirtAndQemu, ProbedProgram? qemu = null)
    {
        ValueList<ProbedProgram> programs =
            [new ProbedProgram("libvirt", "9.0.0", "virsh"), new ProbedProgram("qemu x86_64", "7.2.22", folder.Write("program", "binary"))];
        programs = qemu is null ? programs : [.. programs, qemu];
        new FingerprintStore(folder.PathOf("state")).Save(
            new HypervisorFingerprint
            {
                Scope = scope,
                Programs = programs,
                Binaries = BinaryIdentity.OfHypervisor(programs),
                Seed = 9,
                Cases = 5,
                Mismatches = mismatches,
            });
    }

    private StartDecision Check() => reader.Decide(device, Samples.Layout());

    private static void Expect(StartDecision verdict, bool isAllowed, params string[] codes)
    {
        Assert.That(verdict.Findings.Select(finding => finding.Code), Is.EqualTo(codes));
        Assert.That((verdict.IsAllowed, verdict.Refusals.Count == 0), Is.EqualTo((isAllowed, isAllowed)));
        Assert.That(verdict.Findings.Select(finding => finding.Message), Has.None.Contains("${"));
    }

    private sealed class Used : IDeviceUseReader
    {
        public DeviceUse Read(string devicePath) => new(IsReadOnly: false, ["open in process 7"]);
    }
}
