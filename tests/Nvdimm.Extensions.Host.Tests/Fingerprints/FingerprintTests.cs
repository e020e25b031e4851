using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Fingerprints;

public sealed class FingerprintTests
{
    private static readonly UnprobedCase Slow = new(GuestArchitecture.Ppc64, ByteSize.FromGiB(126), Alignment.FromMiB(2));

    [Test]
    public void Check_AfterSave_IsVerified()
    {
        using var folder = new TemporaryFolder();
        var store = new FingerprintStore(StateFolders.Made(folder.PathOf("deep/er")));
        Assert.That(store.Check(GuestArchitecture.X86_64), Is.EqualTo(new FingerprintResult(FingerprintState.Missing, null)));

        var fingerprint = Fingerprint(folder);
        store.Save(fingerprint);
        Assert.That(store.Check(GuestArchitecture.X86_64), Is.EqualTo(new FingerprintResult(FingerprintState.Verified, fingerprint)));
        Assert.That(store.Check(GuestArchitecture.X86_64).IsVerified, Is.True);
        Assert.That(
            Directory.GetFiles(folder.PathOf("deep/er"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ".lock"),
            Is.EquivalentTo([store.Path, folder.PathOf("deep", "er", $"host-{MachineId.Of()}")]));
        Assert.That(new LayoutLedger(folder.PathOf("deep/er"), TimeProvider.System).List().Findings, Is.Empty, "the ledger may share the folder");
    }

    [Test]
    public void Check_Mismatches_IsDrift()
    {
        using var folder = new TemporaryFolder();
        Assert.That(Saved(folder, Fingerprint(folder) with { Mismatches = 1 }).Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Drift));
    }

    /// <summary>A host that was renamed has the same binaries, and what they do wrong is not forgotten.</summary>
    [TestCase(1, FingerprintState.Drift)]
    [TestCase(0, FingerprintState.Missing)]
    public void Check_UnderAnotherName_OnlyADriftCounts(int mismatches, FingerprintState expected)
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder) with { Mismatches = mismatches });
        File.Move(store.Path, Path.Combine(Path.GetDirectoryName(store.Path)!, "the-old-name.json"));
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(expected));
        File.AppendAllText(folder.PathOf("program"), "updated");
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Missing));
    }

    /// <summary>What could not be probed verifies nothing for guests of its family, and takes nothing from others.</summary>
    [TestCase("ppc64", FingerprintState.NotCovered)]
    [TestCase("ppc64le", FingerprintState.NotCovered)]
    [TestCase("x86_64", FingerprintState.Verified)]
    public void Check_CaseThatCouldNotBeProbed_VerifiesNoGuestOfItsFamily(string architecture, FingerprintState expected)
    {
        using var folder = new TemporaryFolder();
        var fingerprint = Fingerprint(folder, "qemu x86_64", "qemu ppc64") with { Unprobed = [Slow] };
        var result = Saved(folder, fingerprint).Check(GuestArchitecture.FromName(architecture));
        Assert.That((result.State, result.Fingerprint), Is.EqualTo((expected, fingerprint)));
        Assert.That(result.Reason, expected == FingerprintState.Verified ? Is.Null : Does.Contain("126 GiB for ppc64 guests could not be probed"));
    }

    [Test]
    public void Check_VersionThatDoesNotFitTheUnprobedCases_IsDamaged()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder, "qemu ppc64") with { Unprobed = [Slow] });
        var text = File.ReadAllText(store.Path);
        Assert.That(text, Does.Contain("\"version\": 2").And.Contain("\"unprobed\""), "an older reader refuses it");
        foreach (var wrong in new[] { text.Replace("\"version\": 2", "\"version\": 1", StringComparison.Ordinal), text.Replace("ppc64\",\n      \"deviceSize", "s390x\",\n      \"deviceSize", StringComparison.Ordinal) })
        {
            Assert.That(wrong, Is.Not.EqualTo(text));
            File.WriteAllText(store.Path, wrong);
            Assert.That(store.Check(GuestArchitecture.Ppc64).State, Is.EqualTo(FingerprintState.Damaged));
        }

        store.Save(Fingerprint(folder, "qemu ppc64"));
        Assert.That(store.Check(GuestArchitecture.Ppc64).IsVerified, Is.True, "a complete check replaces it");
        Assert.That(File.ReadAllText(store.Path), Does.Contain("\"version\": 1").And.Not.Contain("unprobed"));
    }

    [Test]
    public void Save_Again_Replaces()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder) with { Mismatches = 1 });
        store.Save(Fingerprint(folder));
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Verified));
    }

    /// <summary>A check of POWER guests says nothing of x86 guests, and the other way round; ppc64 and ppc64le are one family.</summary>
    [TestCase("qemu x86_64", "x86_64", true)]
    [TestCase("qemu x86_64", "ppc64", false)]
    [TestCase("qemu x86_64", "s390x", false)]
    [TestCase("qemu ppc64", "ppc64le", true)]
    [TestCase("qemu ppc64le", "ppc64", true)]
    [TestCase("qemu ppc64", "x86_64", false)]
    [TestCase("qemu ", "x86_64", false)]
    public void Check_Architecture_IsVerifiedOnlyByItsOwnQemu(string probed, string architecture, bool isVerified)
    {
        using var folder = new TemporaryFolder();
        var result = Saved(folder, Fingerprint(folder, probed)).Check(GuestArchitecture.FromName(architecture));
        Assert.That((result.State, result.IsVerified), Is.EqualTo((isVerified ? FingerprintState.Verified : FingerprintState.NotCovered, isVerified)));
        Assert.That(result.Reason, isVerified ? Is.Null : Is.EqualTo($"no QEMU for {architecture} guests was verified"));
    }

    [Test]
    public void Check_LibvirtWasNotAsked_IsNotCovered()
    {
        using var folder = new TemporaryFolder();
        var result = Saved(folder, Fingerprint(folder) with { Scope = ConformanceScope.QemuAlone }).Check(GuestArchitecture.X86_64);
        Assert.That((result.State, result.Reason), Is.EqualTo((FingerprintState.NotCovered, "libvirt was not asked when QEMU was verified")));
    }

    [Test]
    public void Check_QemuIsNotAmongTheFiles_IsNotCovered()
    {
        using var folder = new TemporaryFolder();
        ValueList<ProbedProgram> programs = [new ProbedProgram("qemu x86_64", "7.2.22", folder.PathOf("nothing"))];
        var store = Saved(folder, Fingerprint(folder) with { Programs = programs, Binaries = BinaryIdentity.OfHypervisor(programs) });
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.NotCovered));
    }

    private static readonly TestCaseData[] Narrower =
    [
        Change("WithoutLibvirt", narrow => narrow with { Scope = ConformanceScope.QemuAlone }),
        Change("WithoutOneQemu", narrow => narrow with { Programs = narrow.Programs.SkipLast(1).ToValueList(), Cases = 500 }),
        Change("FewerCases", narrow => narrow with { Cases = 4 }),
        Change("WithCasesThatCouldNotBeProbed", narrow => narrow with { Cases = 500, Unprobed = [Slow] }),
    ];

    [TestCaseSource(nameof(Narrower))]
    public void Save_NarrowerCheck_ReplacesOnlyWithMismatchesOrForOtherPrograms(Func<HypervisorFingerprint, HypervisorFingerprint> narrowed)
    {
        using var folder = new TemporaryFolder();
        var wide = Fingerprint(folder, "qemu x86_64", "qemu ppc64");
        var narrow = narrowed(wide);
        var store = Saved(folder, wide);
        Assert.That(store.Save(narrow), Is.EqualTo(wide));
        Assert.That(store.Check(GuestArchitecture.Ppc64).Fingerprint, Is.EqualTo(wide));

        var drift = wide with { Mismatches = 1 };
        store.Save(drift);
        Assert.That(store.Save(narrow), Is.EqualTo(drift), "drift is not forgotten by looking less closely");

        var worse = narrow with { Mismatches = 2 };
        Assert.That(store.Save(worse), Is.EqualTo(worse));
        Assert.That(store.Save(wide), Is.EqualTo(wide), "a wider one replaces");

        File.AppendAllText(folder.PathOf("program"), "more");
        Assert.That(store.Save(narrow), Is.EqualTo(narrow));
        Assert.That(store.Check(GuestArchitecture.X86_64).Fingerprint, Is.EqualTo(narrow));
    }

    [Test]
    public void Save_LibvirtToo_ReplacesACheckOfMoreQemus()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder, "qemu x86_64", "qemu ppc64") with { Scope = ConformanceScope.QemuAlone });
        store.Save(Fingerprint(folder));
        Assert.That(store.Check(GuestArchitecture.X86_64).IsVerified, Is.True);
    }

    [Test]
    public void Check_BinaryWithOtherContent_IsChanged()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder));
        File.AppendAllText(folder.PathOf("program"), "more");
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Changed));
    }

    [Test]
    public void Check_BinaryWithOtherTime_IsChanged()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder));
        File.SetLastWriteTimeUtc(folder.PathOf("program"), DateTime.UnixEpoch.AddDays(1));
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Changed));
    }

    /// <summary>As a package manager does it, with the time of the package.</summary>
    [Test]
    public void Check_ReplacedBinaryOfTheSameSizeAndTime_IsChanged()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder));
        File.Copy(folder.PathOf("program"), folder.PathOf("new"));
        File.SetLastWriteTimeUtc(folder.PathOf("new"), File.GetLastWriteTimeUtc(folder.PathOf("program")));
        File.Move(folder.PathOf("new"), folder.PathOf("program"), overwrite: true);
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Changed));
    }

    [Test]
    public void Check_BinaryIsGone_IsChanged()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder));
        File.Delete(folder.PathOf("program"));
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Changed));
    }

    /// <summary>A link such as <c>qemu-kvm</c> stands for what it points to.</summary>
    [Test]
    public void Check_LinkPointsElsewhere_IsChanged()
    {
        using var folder = new TemporaryFolder();
        var fingerprint = Fingerprint(folder);
        File.CreateSymbolicLink(folder.PathOf("link"), folder.PathOf("program"));
        ValueList<ProbedProgram> programs = [new ProbedProgram("qemu x86_64", "7.2.22", folder.PathOf("link"))];
        var store = Saved(folder, fingerprint with { Programs = programs, Binaries = BinaryIdentity.OfHypervisor(programs) });
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Verified));

        File.Copy(folder.PathOf("program"), folder.PathOf("other"));
        File.Delete(folder.PathOf("link"));
        File.CreateSymbolicLink(folder.PathOf("link"), folder.PathOf("other"));
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Changed));
    }

    /// <summary>Every file that is cut short, and every field that is not what it should be.</summary>
    [Test]
    public void Check_CutFile_IsDamagedWithReason()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder));
        var whole = File.ReadAllText(store.Path);
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllText(store.Path, whole[..length]);
            var result = store.Check(GuestArchitecture.X86_64);
            Assert.That((result.State, result.Fingerprint), Is.EqualTo((FingerprintState.Damaged, (HypervisorFingerprint?)null)), $"{length}");
            Assert.That(result.Reason, Does.StartWith(store.Path));
        }
    }

    [TestCase("\"version\": 1", "\"version\": 2")]
    [TestCase("\"version\": 1", "\"version\": \"1\"")]
    [TestCase("LibvirtAndQemu", "0")]
    [TestCase("LibvirtAndQemu", "Nothing")]
    [TestCase("\"mismatches\": 0", "\"mismatches\": -1")]
    [TestCase("\"mismatches\": 0", "\"mismatches\": 3000000000")]
    [TestCase("\"mismatches\": 0,", "")]
    [TestCase("\"cases\": 5", "\"cases\": 0")]
    [TestCase("\"seed\": 9", "\"seed\": 1e3")]
    [TestCase("\"programs\": [", "\"programs\": [ 1,")]
    [TestCase("\"cases\": 5", "\"cases\": 05")]
    [TestCase("\"seed\": 9", "'seed': 9")]
    [TestCase("7.2.22", "7.2\r22")]
    public void Check_DamagedField_IsDamaged(string field, string damaged)
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder));
        var text = File.ReadAllText(store.Path);
        Assert.That(text, Does.Contain(field));
        File.WriteAllText(store.Path, text.Replace(field, damaged, StringComparison.Ordinal));
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Damaged));
    }

    [Test]
    public void Check_TextBehindOrHugeOrNoUtf8_IsDamaged()
    {
        using var folder = new TemporaryFolder();
        var store = Saved(folder, Fingerprint(folder));
        File.AppendAllText(store.Path, "{}");
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Damaged));
        store.Save(Fingerprint(folder));
        File.AppendAllText(store.Path, new string(' ', 2 << 20));
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Damaged));
        File.WriteAllBytes(store.Path, [0xFF, 0xFE, 0x7B]);
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Damaged));
        store.Save(Fingerprint(folder));
        File.WriteAllText(store.Path, File.ReadAllText(store.Path), System.Text.Encoding.Unicode);
        Assert.That(store.Check(GuestArchitecture.X86_64).State, Is.EqualTo(FingerprintState.Damaged));
    }

    [Test]
    public void Save_FolderIsAFile_ThrowsAndLeavesIt()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("file"), "content");
        Assert.That(() => new FingerprintStore(folder.PathOf("file")).Save(Fingerprint(folder)), Throws.TypeOf<LayoutLedgerException>());
        Assert.That(File.ReadAllText(folder.PathOf("file")), Is.EqualTo("content"));
    }

    private static FingerprintStore Saved(TemporaryFolder folder, HypervisorFingerprint fingerprint)
    {
        var store = new FingerprintStore(StateFolders.Made(folder.PathOf("state")));
        store.Save(fingerprint);
        return store;
    }

    private static TestCaseData Change(string name, Func<HypervisorFingerprint, HypervisorFingerprint> change) => new TestCaseData(change).SetArgDisplayNames(name);

    private static HypervisorFingerprint Fingerprint(TemporaryFolder folder, params string[] names)
    {
        if (!File.Exists(folder.PathOf("program")))
        {
            File.WriteAllText(folder.PathOf("program"), "binary");
        }

        var qemus = names.DefaultIfEmpty("qemu x86_64").Select(name => new ProbedProgram(name, "7.2.22", folder.PathOf("program")));
        ValueList<ProbedProgram> programs = [new ProbedProgram("libvirt", "9.0.0", "virsh"), .. qemus];
        return new HypervisorFingerprint
        {
            Scope = ConformanceScope.LibvirtAndQemu,
            Programs = programs,
            Binaries = BinaryIdentity.OfHypervisor(programs),
            Seed = 9,
            Cases = 5,
            Mismatches = 0,
        };
    }
}
