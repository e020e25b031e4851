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

public sealed partial class StartEvidenceTests
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
        folder.WriteMounts("27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n");
        folder.WriteBlockDevice(0);
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
