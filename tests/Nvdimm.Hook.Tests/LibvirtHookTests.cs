using System.Diagnostics;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Hook.Files;

namespace Nvdimm.Hook.Tests;

/// <summary>libvirt's hook, operation by operation.</summary>
public sealed class LibvirtHookTests
{
    private const string Prepare = "prepare begin";
    private const string Base = "<address type=\"dimm\" slot=\"0\" base=\"0x100000000\"/>";

    private static readonly string[] Operations =
    [
        Prepare, "start begin", "started begin", "restore begin", "migrate begin", "stopped end", "release end", "reconnect begin", "attach begin",
        "frobnicate begin",
    ];

    private HookHost host = null!;

    [SetUp]
    public void SetUp()
    {
        host = new HookHost();
        host.AddFsdax(0);
    }

    [TearDown]
    public void TearDown() => host.Dispose();

    private string Domain => host.Domain("engine-one.xml");

    private string DomainOfARestore => Domain.Replace("<alias name=\"ua-c7f9", $"{Base}<alias name=\"ua-c7f9", StringComparison.Ordinal);

    private LayoutRecord Record => host.Ledger.List().Records.Single();

    private DeviceClaim? Claim => host.Claims.FindOf(Record.Identity, HookHost.VmId);

    private RestorePermissions Permissions => new(host.State, TimeProvider.System, MachineId.Of(host.Root));

    [Test]
    public void Start_ClaimsAndRecords_ThenQemuHasTheClaim_ThenNobody()
    {
        Passes(Prepare);
        Assert.That((Record.VmId, Record.VmName), Is.EqualTo((HookHost.VmId, "pmem-vm")));
        Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(LinuxCalls.ParentProcess()));
        Passes("start begin");
        using (var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0)))
        {
            Passes("started begin");
            Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(qemu.Id));
        }

        Passes("stopped end");
        Assert.That(Claim, Is.Null);
        Passes("release end");
    }

    /// <summary>Whatever is broken: a domain without NVDIMMs is none of the hook's business.</summary>
    [TestCaseSource(nameof(Operations))]
    public void DomainWithoutNvdimms_Passes_WhateverIsBroken(string operation)
    {
        host.Configure("this is no configuration");
        Directory.Delete(host.State, recursive: true);
        Assert.That(host.Libvirt(operation, host.Domain("engine-without.xml")), Is.EqualTo((0, "", ValueList<string>.Empty)));
    }

    [TestCase(Prepare, ExpectedResult = 2)]
    [TestCase("start begin", ExpectedResult = 2)]
    [TestCase("started begin", ExpectedResult = 2)]
    [TestCase("restore begin", ExpectedResult = 2)]
    [TestCase("migrate begin", ExpectedResult = 2)]
    [TestCase("stopped end", ExpectedResult = 1)]
    [TestCase("release end", ExpectedResult = 1)]
    [TestCase("reconnect begin", ExpectedResult = 0, Description = "libvirt would kill the VM")]
    [TestCase("attach begin", ExpectedResult = 2)]
    [TestCase("frobnicate begin", ExpectedResult = 0)]
    public int BrokenConfiguration_FailsAsTheOperationDoes(string operation)
    {
        host.Configure("this is no configuration");
        var (status, line, _) = host.Libvirt(operation, Domain);
        Assert.That(line, operation == "frobnicate begin" ? Is.Empty : Does.StartWith($"nvdimm-hook: {operation}: "));
        return status;
    }

    /// <summary>libvirt reads no changed domain back: the very element that starts is printed.</summary>
    [Test]
    public void OtherLayout_IsRefused_WithTheElementThatStarts()
    {
        Passes(Prepare);
        Passes("release end");
        var wrong = Domain.Replace("919552", "788480", StringComparison.Ordinal);
        var (status, line, codes) = host.Libvirt(Prepare, wrong);
        Assert.That((status, codes[0]), Is.EqualTo((ExitStatus.Refused, NvdimmCodes.DomainToEdit)), line);
        Assert.That(codes, Does.Not.Contain(NvdimmCodes.HookDomainCorrected), "nothing is corrected");
        Assert.That(Claim, Is.Null, "a refused start holds nothing");
        var element = line[line.IndexOf("<memory", StringComparison.Ordinal)..(line.IndexOf("</memory>", StringComparison.Ordinal) + "</memory>".Length)];
        var from = wrong.IndexOf("<memory model=\"nvdimm\"", StringComparison.Ordinal);
        var to = wrong.IndexOf("</memory>", from, StringComparison.Ordinal) + "</memory>".Length;
        Passes(Prepare, $"{wrong[..from]}{element}{wrong[to..]}");
    }

    [Test]
    public void MaximumMemoryThatHasToGrow_IsPrinted()
    {
        Passes(Prepare);
        Passes("release end");
        var grown = Domain.Replace("919552", "788480", StringComparison.Ordinal).Replace("9308160", "2885632", StringComparison.Ordinal);
        var (status, line, _) = host.Libvirt(Prepare, grown);
        Assert.That(status, Is.EqualTo(ExitStatus.Refused), line);
        Assert.That(line, Does.Contain("<maxMemory slots='16' unit='KiB'>3016704</maxMemory>"));
    }

    [Test]
    public void DeviceOfAnotherVm_IsRefused()
    {
        Passes(Prepare);
        Passes("release end");
        var other = Domain.Replace(HookHost.VmId, VmLife.Vm2, StringComparison.Ordinal).Replace("pmem-vm", "other", StringComparison.Ordinal);
        var (status, line, codes) = host.Libvirt(Prepare, other);
        Assert.That((status, codes), Is.EqualTo((ExitStatus.Refused, codes)), line);
        Assert.That(codes, Does.Contain(NvdimmCodes.UsedByOtherVm), line);
    }

    [Test]
    public void Migration_IsRefused() => Assert.That(host.Libvirt("migrate begin", Domain).Status, Is.EqualTo(ExitStatus.Refused));

    [Test]
    public void Restore_IsRefused_UnlessItIsPermitted_Once()
    {
        Refuses(NvdimmCodes.RestoreOverwrites, "restore begin", DomainOfARestore);
        Refuses(NvdimmCodes.RevertOverwrites, Prepare, DomainOfARestore);
        Permissions.Give(HookHost.VmId);
        Passes("restore begin", DomainOfARestore);
        Passes(Prepare, DomainOfARestore);
        using (new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0), "-incoming", "fd:30"))
        {
            Passes("started begin", DomainOfARestore);
        }

        Passes("release end", DomainOfARestore);
        Refuses(NvdimmCodes.RestoreOverwrites, "restore begin", DomainOfARestore);
        Refuses(NvdimmCodes.RevertOverwrites, Prepare, DomainOfARestore);
    }

    /// <summary>libvirt 11.3 loads an internal snapshot by a QMP command: nothing in QEMU's arguments tells.</summary>
    [Test]
    public void RevertThatQemusArgumentsDoNotShow_UsesThePermission()
    {
        Permissions.Give(HookHost.VmId);
        Passes(Prepare, DomainOfARestore);
        using (new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0)))
        {
            Passes("started begin", DomainOfARestore);
        }

        Passes("release end", DomainOfARestore);
        Refuses(NvdimmCodes.RevertOverwrites, Prepare, DomainOfARestore);
    }

    /// <summary>The memory is loaded by then: to end QEMU would save nothing.</summary>
    [TestCase("restore begin")]
    [TestCase(Prepare)]
    public void PermissionThatEndsWhileTheMemoryIsLoaded_StillCounts(string operation)
    {
        Passes(Prepare);
        Permissions.Give(HookHost.VmId);
        Passes(operation, DomainOfARestore);
        new RestorePermissions(host.State, new FixedTime(DateTimeOffset.UnixEpoch), MachineId.Of(host.Root)).Give(HookHost.VmId);
        Assert.That(Permissions.IsGiven("pmem-vm", HookHost.VmId), Is.False);
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0), "-incoming", "fd:30");
        Passes("started begin", DomainOfARestore);
    }

    [Test]
    public void RestoreThatFails_LeavesThePermission()
    {
        Permissions.Give(HookHost.VmId);
        Passes("restore begin", DomainOfARestore);
        Assert.That(Permissions.IsBegun("pmem-vm", HookHost.VmId), Is.True);
        Passes("release end", DomainOfARestore);
        Assert.That((Permissions.IsBegun("pmem-vm", HookHost.VmId), Permissions.IsGiven("pmem-vm", HookHost.VmId)), Is.EqualTo((false, true)));
    }

    /// <summary>The guest runs already: to end it for a record would be a power failure.</summary>
    [Test]
    public void DamagedRecord_IsAWarning_AndALayoutThatDiffersAnError()
    {
        Passes(Prepare);
        using (new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0)))
        {
            Refuses(NvdimmCodes.LayoutChanged, "started begin", Domain.Replace("919552", "788480", StringComparison.Ordinal));
            File.WriteAllText(Directory.GetFiles(host.State, "uuid-*.json").Single(), "{}");
            WarnsOnly("started begin");
        }

        WarnsOnly("stopped end");

        void WarnsOnly(string operation)
        {
            var (status, line, codes) = host.Libvirt(operation, Domain);
            Assert.That((status, codes.Count), Is.EqualTo((0, 1)), line);
        }
    }

    [Test]
    public void PermissionByName_CountsToo_AndForNoOtherDomain()
    {
        Permissions.Give("other");
        Refuses(NvdimmCodes.RestoreOverwrites, "restore begin", DomainOfARestore);
        Permissions.Give("pmem-vm");
        Passes("restore begin", DomainOfARestore);
    }

    /// <summary>A forgotten permission must not meet a later restore that nobody means.</summary>
    [TestCase(59, ExpectedResult = true)]
    [TestCase(61, ExpectedResult = false)]
    [TestCase(-1, ExpectedResult = false, Description = "The clock was set back")]
    public bool Permission_HoldsForAnHour(int minutes)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        new RestorePermissions(host.State, new FixedTime(now), MachineId.Of(host.Root)).Give(HookHost.VmId);
        return new RestorePermissions(host.State, new FixedTime(now.AddMinutes(minutes)), MachineId.Of(host.Root)).IsGiven("pmem-vm", HookHost.VmId);
    }

    /// <summary>A fresh start uses no permission.</summary>
    [Test]
    public void FreshStart_LeavesThePermission()
    {
        Permissions.Give(HookHost.VmId);
        Passes(Prepare);
        using (new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0)))
        {
            Passes("started begin");
        }

        Passes("restore begin", DomainOfARestore);
    }

    [Test]
    public void AddressInTheDefinition_IsNoRevert_ButAQemuThatLoadsIs()
    {
        host.Write("etc/libvirt/qemu/pmem-vm.xml", $"<!-- made by libvirt -->\n{DomainOfARestore[DomainOfARestore.IndexOf("<domain", StringComparison.Ordinal)..]}");
        Passes(Prepare, DomainOfARestore);
        using (new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0), "-loadvm", "snap1"))
        {
            Refuses(NvdimmCodes.RevertOverwrites, "started begin", DomainOfARestore);
        }
    }

    /// <summary>With a snapshot to revert to, an address in the definition tells nothing.</summary>
    [TestCase("<memory snapshot='external' file='/mem'/>", ExpectedResult = ExitStatus.Refused)]
    [TestCase("<memory snapshot='internal'/>", ExpectedResult = ExitStatus.Refused)]
    [TestCase("<memory snapshot='no'/>", ExpectedResult = ExitStatus.Good)]
    public int AddressInTheDefinition_BesideASnapshot(string memory)
    {
        host.Write("etc/libvirt/qemu/pmem-vm.xml", DomainOfARestore);
        host.Write("var/lib/libvirt/qemu/snapshot/pmem-vm/s1.xml", $"<domainsnapshot><name>s1</name>{memory}</domainsnapshot>");
        return host.Libvirt(Prepare, DomainOfARestore).Status;
    }

    [TestCase("0x100000000", "0x140000000", Description = "The definition has another address")]
    [TestCase(HookHost.VmId, VmLife.Vm2, Description = "The definition is another domain's")]
    public void OtherDefinition_SaysNothing(string old, string other)
    {
        host.Write("etc/libvirt/qemu/pmem-vm.xml", DomainOfARestore.Replace(old, other, StringComparison.Ordinal));
        Refuses(NvdimmCodes.RevertOverwrites, Prepare, DomainOfARestore);
    }

    [Test]
    public void StartWithoutClaim_IsRefused()
    {
        Passes(Prepare);
        Passes("release end");
        Refuses(NvdimmCodes.ClaimMissing, "start begin", Domain);
    }

    /// <summary>libvirt's hook runs after VDSM's: the claim of the same VM passes, and VDSM's hooks still find it.</summary>
    [Test]
    public void StartByVdsm_PassesItsClaimOn()
    {
        using var vdsm = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", "exec -a /usr/share/vdsm/vdsmd sleep 120"]))!;
        try
        {
            SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{vdsm.Id}/cmdline").StartsWith("/usr/share", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
            Assert.That(host.Run("before_vm_start", Domain).Status, Is.Zero);
            var holder = ClaimHolder.OfProcess("pmem-vm", HookHost.VmId, vdsm.Id);
            Assert.That(host.Claims.Transfer(Claim!, holder), Is.Not.Null);
            Passes(Prepare);
            Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(LinuxCalls.ParentProcess()));
        }
        finally
        {
            vdsm.Kill();
        }
    }

    /// <summary>The claim of any other living process is another daemon's, which may have a domain of the same id.</summary>
    [Test]
    public void SameVmUnderAnotherDaemon_IsRefused_AndKeepsItsClaim()
    {
        Passes(Prepare);
        using var other = new FakeQemu(host.Root, "elsewhere", VmLife.Vm2, "/dev/null");
        host.Claims.Transfer(Claim!, ClaimHolder.OfProcess("pmem-vm", HookHost.VmId, other.Id));
        Refuses(NvdimmCodes.ClaimHeld, Prepare, Domain);
        Passes("release end");
        Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(other.Id));
    }

    [TestCase("reconnect begin")]
    [TestCase("attach begin")]
    public void RunningDomain_IsClaimed(string operation)
    {
        Passes(Prepare);
        Passes("release end");
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        Passes(operation);
        Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(qemu.Id));
        Passes(operation);
    }

    [Test]
    public void RunningDomain_WhoseDeviceIsClaimed_GoesOn_AndIsSaid()
    {
        Passes(Prepare);
        using var other = new FakeQemu(host.Root, "elsewhere", VmLife.Vm2, "/dev/null");
        host.Claims.Transfer(Claim!, ClaimHolder.OfProcess("other", VmLife.Vm2, other.Id));
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        var (status, _, codes) = host.Libvirt("reconnect begin", Domain);
        Assert.That((status, codes), Is.EqualTo((0, (ValueList<string>)[NvdimmCodes.ClaimHeld])));
    }

    [Test]
    public void LackOfMemory_FailsNoReconnect()
    {
        Assert.That(Run("reconnect"), Is.EqualTo(ExitStatus.Good));
        Assert.That(() => Run("prepare"), Throws.InstanceOf<OutOfMemoryException>());

        int Run(string operation)
        {
            var invocation = Invocation.Of(Path.Combine(host.Root, "etc/libvirt/hooks/qemu.d/50-nvdimm"), ["pmem-vm", operation, "begin", "-"]);
            var input = new StandardInput(() => new MemoryStream(new string(' ', int.MaxValue).Length));
            return HookRun.Run(new HookContext(invocation, input, _ => null, TimeProvider.System), (_, _) => { });
        }
    }

    [Test]
    public void Simulation_ClaimsNothing()
    {
        host.Configure("simulate = yes", "unverified-hypervisor = warn");
        foreach (var operation in Operations)
        {
            Assert.That(host.Libvirt(operation, Domain).Status, Is.Zero);
        }

        Assert.That(host.Ledger.List().Records, Is.Empty);
    }

    private void Passes(string operation, string? domain = null)
    {
        var (status, line, _) = host.Libvirt(operation, domain ?? Domain);
        Assert.That(status, Is.Zero, line);
    }

    private void Refuses(string code, string operation, string domain)
    {
        var (status, line, codes) = host.Libvirt(operation, domain);
        Assert.That(status, Is.EqualTo(ExitStatus.Refused), line);
        Assert.That(codes, Does.Contain(code), line);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
