using System.Globalization;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Native;

/// <summary>
/// Root works in a folder of another user, who attacks (trials/attacks.md H1 to H4). NVDIMM_SWAPS says how often each act is attacked; <c>build/attack.sh</c> sets it.
/// </summary>
[Category("swaps")]
public sealed class FolderUserTests
{
    private static readonly int Swaps = int.Parse(Environment.GetEnvironmentVariable("NVDIMM_SWAPS") ?? "100", CultureInfo.InvariantCulture);

    private static readonly FixedTime Time = new();

    /// <summary>What root does in a state folder, with the names that the owner attacks meanwhile.</summary>
    private static readonly TestCaseData[] Acts =
    [
        Act("Save", folder => new LayoutLedger(folder, Time).Save(Samples.Use()), "hostile.json", $"{Samples.Identity()}.json", $"{Samples.Identity()}.json.nvdimm-tmp", ".lock"),
        Act("Accept", folder => new LayoutLedger(folder, Time).Accept(Samples.Identity(), "a", "b", [], "root"), $"{Samples.Identity()}.json", ".lock"),
        Act("Forget", Forget, "forgotten", $"{Samples.Identity()}.json", ".lock"),
        Act("Claim", Claim, "claims", ".lock"),
        Act("Fingerprint", folder => new FingerprintStore(folder).Save(Fingerprint), "hypervisor", "hypervisor/.lock"),
        Act("Backup", Backup, "backups", "backups/.lock"),
        Act("MakePart", folder => MakePart(folder, "report"), "report"),
    ];

    private static HypervisorFingerprint Fingerprint => new()
    {
        Scope = ConformanceScope.QemuAlone,
        Programs = [],
        Binaries = [],
        Seed = 1,
        Cases = 0,
        Mismatches = 0,
    };

    private HostileOwner owner = null!;

    [SetUp]
    public void SetUp()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            RealProgram.Unavailable("needs root: root works in the folder of another user");
        }

        RealProgram.Require("setpriv", "util-linux");
        RealProgram.Require("python3", "python3");
        owner = new HostileOwner();
    }

    [TearDown]
    public void TearDown() => owner?.Dispose();

    [TestCaseSource(nameof(Acts))]
    public void Act_UnderAttack_ReachesNothingOfRoots(Action<string> act, string[] names)
    {
        var before = owner.Damage;
        owner.Begin(names);
        var refused = 0;
        for (var round = 0; round < Swaps; round++)
        {
            try
            {
                act(owner.State);
            }
            catch (Exception attacked) when (attacked is LayoutLedgerException or LabelRelocationException or IOException or UnauthorizedAccessException)
            {
                refused++;
            }
        }

        var damage = owner.Damage;
        AttackCounts.Add(("swaps", Swaps), ("refused", refused), ("won", damage == before ? 0 : 1));
        Assert.That(damage, Is.EqualTo(before));
    }

    [TestCase("forgotten")]
    [TestCase("hypervisor")]
    [TestCase("claims")]
    [TestCase("backups")]
    public void Link_InPlaceOfAFolder_IsNotFollowedToRootsFiles(string name)
    {
        new LayoutLedger(owner.State, Time).Save(Samples.Use());
        var before = owner.Damage;
        owner.Link(name, isFolder: true);
        var act = Acts.Single(act => ((string[])act.Arguments[1]!)[0] == name);
        Assert.That(() => ((Action<string>)act.Arguments[0]!)(owner.State), Throws.Exception);
        Assert.That(owner.Damage, Is.EqualTo(before));
    }

    [Test]
    public void Link_InPlaceOfTheLockOrARecord_IsNotOpenedWithRootsRights()
    {
        var ledger = new LayoutLedger(owner.State, Time);
        var before = owner.Damage;
        owner.Link($"{Samples.Identity()}.json", isFolder: false);
        Assert.That(() => ledger.Find(Samples.Identity()), Throws.InstanceOf<LayoutLedgerException>());
        owner.Link(".lock", isFolder: false);
        Assert.That(() => ledger.Save(Samples.Use(1)), Throws.InstanceOf<LayoutLedgerException>());
        Assert.That(owner.Damage, Is.EqualTo(before));
    }

    [Test]
    public void Pipe_InPlaceOfABackup_IsNoBackup()
    {
        var backup = Path.Combine(owner.State, "backups", $"{Samples.Identity()}.1.labels-at-0.bin");
        owner.RunAsOwner("mkdir", Path.GetDirectoryName(backup)!);
        owner.RunAsOwner("mkfifo", backup, backup.Replace("labels-at", "overwritten-at", StringComparison.Ordinal));
        var restoration = new LabelRestoration(new LayoutLedger(owner.State, Time), new DeviceClaims(owner.State, Time), new SysfsDeviceUseReader());
        var plan = restoration.Plan(Samples.Device(), backup);
        Assert.That(plan.Findings.Single().Code, Is.EqualTo(NvdimmCodes.RestoreBadBackup));
    }

    [Test]
    public void WhatRootMakes_BelongsToTheOwner_AndNobodyElseOpensTheLock()
    {
        new LayoutLedger(owner.State, Time).Save(Samples.Use());
        _ = new DeviceClaims(owner.State, Time).TryClaim(Samples.Identity(), "a", ClaimHolder.OfProcess("vm", vmId: null, Environment.ProcessId));
        var (_, seen, _) = RealProgram.Run("find", owner.State, "-not", "-user", "nobody");
        Assert.That(seen, Is.Empty);
        (_, seen, _) = RealProgram.Run("find", owner.State, "-name", ".lock", "-perm", "/0077");
        Assert.That(seen, Is.Empty);
        (_, seen, _) = RealProgram.Run("find", owner.State, "-name", ".lock");
        Assert.That(seen.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2));
    }

    [Test]
    public void Lock_OfAnEarlierVersion_IsClosed()
    {
        var path = Path.Combine(owner.State, ".lock");
        owner.RunAsOwner("install", "-m", "644", "/dev/null", path);
        new LayoutLedger(owner.State, Time).Save(Samples.Use());
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Thread_HasRootsRightsAgain_WhateverTheWorkDid()
    {
        Assert.That(() => FolderUser.Do(owner.State, () => throw new InvalidOperationException("the work")), Throws.InvalidOperationException);
        var file = Path.Combine(owner.State, "of-root");
        File.WriteAllText(file, "");
        Assert.That(RealProgram.Run("stat", "-c", "%u", file).Output.Trim(), Is.EqualTo("0"));
        Assert.That(File.ReadAllLines("/proc/thread-self/status").Single(line => line.StartsWith("Groups:", StringComparison.Ordinal)),
            Is.EqualTo(File.ReadAllLines("/proc/self/status").Single(line => line.StartsWith("Groups:", StringComparison.Ordinal))));
    }

    [Test]
    public void Folder_ThatOthersMayChange_BelongsToNobodyInParticular()
    {
        using var open = new TemporaryFolder();
        RealProgram.Run("chmod", "777", open.Path);
        Assert.That(
            () => FolderUser.Do(open.PathOf("state"), () => 1),
            Throws.InstanceOf<UnauthorizedAccessException>().With.Message.Contains($"chmod go-w {open.Path}"));
    }

    private static void Forget(string folder)
    {
        var ledger = new LayoutLedger(folder, Time);
        _ = ledger.Save(Samples.Use());
        _ = ledger.Forget(Samples.Identity());
    }

    /// <summary>The first claim of a boot also removes the claims of earlier ones.</summary>
    private static void Claim(string folder)
    {
        var claims = new DeviceClaims(folder, Time);
        StateFolder.MakePart(Path.Combine(folder, "claims", $"{MachineId.Of()}.earlier", "folder"));
        var holder = ClaimHolder.OfProcess("vm", vmId: null, Environment.ProcessId);
        if (claims.TryClaim(Samples.Identity(), "a", holder).Claim is { } claim)
        {
            claims.Release(claim);
        }

        foreach (var boot in Directory.GetDirectories(Path.Combine(folder, "claims")))
        {
            FolderUser.Do(boot, () => Directory.Delete(boot, recursive: true));
        }
    }

    private static void Backup(string folder) => new LabelBackups(folder, TimeSpan.FromSeconds(10)).Save(
        Samples.Identity(), "/dev/pmem0", 0, DurableFiles.Whole([1]), 1, DurableFiles.Whole([2]));

    private static void MakePart(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        StateFolder.MakePart(path);
        FolderUser.Do(path, () => Directory.Delete(path));
    }

    private static TestCaseData Act(string name, Action<string> act, params string[] names) => new TestCaseData(act, names).SetArgDisplayNames(name);
}
