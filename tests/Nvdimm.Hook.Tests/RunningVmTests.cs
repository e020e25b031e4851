using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook.Tests;

/// <summary>after_vm_start, after_vm_destroy and before_memory_hotplug.</summary>
public sealed class RunningVmTests
{
    private const string Dimm = "<memory model=\"dimm\"><target><size unit=\"MiB\">256</size><node>0</node></target></memory>";
    private HookHost host = null!;

    [SetUp]
    public void SetUp()
    {
        host = new HookHost();
        host.AddFsdax(0);
        Assert.That(host.Run("before_vm_start", host.Domain("engine-one.xml")).Status, Is.Zero);
    }

    [TearDown]
    public void TearDown() => host.Dispose();

    private DeviceClaim? Claim => host.Claims.Find(host.Ledger.List().Records.Single().Identity).Claim;

    [Test]
    public void Started_HandsTheClaimToQemu_AndPassesItsWarningsOn()
    {
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        host.Write(
            "var/log/libvirt/qemu/pmem-vm.log",
            "2026-01-01: starting up libvirt version: 9.0.0\nwarning: Using non DAX backing file with 'pmem=on' option is deprecated (old)\n"
            + "2026-01-02: starting up libvirt version: 9.0.0\nwarning: Using non DAX backing file with 'pmem=on' option is deprecated\nelse\n");
        var (status, line, codes) = host.Run("after_vm_start", host.Domain("engine-one.xml"));
        Assert.That((status, codes), Is.EqualTo((0, new ValueList<string>[] { [NvdimmCodes.HookQemuWarned] }[0])), line);
        Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(qemu.Id));
    }

    [Test]
    public void Started_WithAPipeAsLog_HandsTheClaimOver_AndSaysSo()
    {
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        var log = host.Pipe("var/log/libvirt/qemu/pmem-vm.log");
        var (status, line, _) = Within(() => host.Run("after_vm_start", host.Domain("engine-one.xml")));
        Assert.That((status, Claim!.Holder.ProcessId), Is.EqualTo((0, qemu.Id)));
        Assert.That(line, Does.Contain($"Reading {log} failed: {log} is no regular file"));
    }

    [Test]
    public void Started_WithoutLog_SaysNothingOfIt()
    {
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        Assert.That(host.Run("after_vm_start", host.Domain("engine-one.xml")), Is.EqualTo((0, "", ValueList<string>.Empty)));
    }

    [TestCaseSource(typeof(HookPoints), nameof(HookPoints.Names))]
    public void PipeAsPayload_FailsAsThePointDoes(string point)
    {
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        host.Pipe("payload");
        var (status, line, codes) = Within(() => host.RunAsItIs(point));
        Assert.That((status, codes.Single()), Is.EqualTo((HookPoints.Of(point).FailureStatus, NvdimmCodes.HookPayload)), line);
        Assert.That(line, Does.Contain("is no regular file"));
    }

    [Test]
    public void FolderOrNothingAsPayload_IsSaid()
    {
        File.Delete(host.Payload);
        Assert.That(host.RunAsItIs("before_vm_start").Line, Does.Contain($"there is no {host.Payload}"));
        Directory.CreateDirectory(host.Payload);
        Assert.That(host.RunAsItIs("before_vm_start").Line, Does.Contain($"{host.Payload} is no regular file"));
    }

    /// <summary>A VM without NVDIMMs looks into every record, for one that says that it had some.</summary>
    [Test]
    public void PipeInTheStateFolder_DelaysNoVmWithoutNvdimms()
    {
        host.Pipe("var/lib/nvdimm-extensions/a.json");
        host.Environment["vmId"] = "another";
        var another = Within(() => host.Run("before_vm_start", host.Domain("engine-without.xml")));
        Assert.That((another.Status, another.Codes.Single()), Is.EqualTo((0, NvdimmCodes.ExpectedNvdimmsUnknown)), "what is no record may be one that was lost");
        host.Environment["vmId"] = HookHost.VmId;
        Assert.That(Within(() => host.Run("before_vm_start", host.Domain("engine-without.xml"))).Codes, Does.Contain(NvdimmCodes.SilentlyDetached), "the records behind it are read");
    }

    [Test]
    public void Started_WithAnotherSizeThanPredicted_Fails()
    {
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        var (status, _, codes) = host.Run("after_vm_start", host.Domain("engine-other-size.xml"));
        Assert.That((status, codes.Single()), Is.EqualTo((ExitStatus.Failed, NvdimmCodes.LayoutChanged)));
    }

    [Test]
    public void Started_WithoutQemu_Fails() => Assert.That(host.Run("after_vm_start", host.Domain("engine-one.xml")).Status, Is.EqualTo(ExitStatus.Failed));

    [Test]
    public void Destroyed_ReleasesItsOwnClaim_AndNoOther()
    {
        host.Environment["vmId"] = "another";
        Assert.That(host.Run("after_vm_destroy", host.Domain("engine-one.xml")).Status, Is.Zero);
        Assert.That(Claim, Is.Not.Null);
        host.Environment["vmId"] = HookHost.VmId;
        Assert.That(host.Run("after_vm_destroy", host.Domain("engine-one.xml")).Status, Is.Zero);
        Assert.That(Claim, Is.Null);
    }

    [Test]
    public void DeviceThatCannotBeRead_CostsNoOther_WhenConfirmedAndReleased()
    {
        var (domain, identities, vdsm) = StartFour();
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        host.Write($"{host.Pfn(0)}/uuid", "odd\n");
        var (status, line, codes) = host.Run("after_vm_start", domain);
        Assert.That((status, codes), Is.EqualTo((ExitStatus.Failed, new ValueList<string>[] { [NvdimmCodes.HookFailed] }[0])), line);
        Assert.That(line, Does.Contain($"Confirming the claim of {host.Device(0)} failed").And.Contain("/uuid has 'odd'"));
        Assert.That(Holders(identities), Is.EqualTo(new int?[] { vdsm, qemu.Id, qemu.Id, qemu.Id }));
        var destroyed = host.Run("after_vm_destroy", domain);
        Assert.That((destroyed.Status, destroyed.Codes), Is.EqualTo((ExitStatus.Failed, new ValueList<string>[] { [NvdimmCodes.HookFailed] }[0])), destroyed.Line);
        Assert.That(destroyed.Line, Does.Contain($"Releasing the claim of {host.Device(0)} failed"));
        Assert.That(Holders(identities), Is.EqualTo(new int?[] { vdsm, null, null, null }));
    }

    /// <summary>With a folder in the place of the first device's record.</summary>
    [Test]
    public void RecordThatCannotBeRead_KeepsNoClaim_FromBeingConfirmedAndReleased()
    {
        var (domain, identities, _) = StartFour();
        var record = Path.Combine(host.State, $"{identities[0]}.json");
        File.Delete(record);
        Directory.CreateDirectory(record);
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        var (status, line, _) = host.Run("after_vm_start", domain);
        Assert.That(Holders(identities), Is.All.EqualTo(qemu.Id), line);
        Assert.That(status, Is.EqualTo(ExitStatus.Failed));
        Assert.That(line, Does.Contain("Comparing namespace0.0 with its record failed"));
        var destroyed = host.Run("after_vm_destroy", domain);
        Assert.That(Holders(identities), Is.All.Null, destroyed.Line);
        Assert.That(destroyed.Status, Is.EqualTo(ExitStatus.Failed));
        Assert.That(destroyed.Line, Does.Contain("Noting the labels of namespace0.0 failed"));
    }

    [Test]
    public void Memory_BesideAnAlignedNvdimm_IsPlugged() => Assert.That(Plug(Live(919552, 2048), []), Is.EqualTo((0, Dimm)));

    [Test]
    public void Memory_BesideAMisalignedNvdimm_IsRefused()
    {
        var (status, payload) = Plug(Live(919552, 4), []);
        Assert.That((status, payload), Is.EqualTo((ExitStatus.Refused, Dimm)));
    }

    [Test]
    public void Memory_BesideAMisalignedNvdimm_IsPlaced_WhereThatIsConfigured()
    {
        // 897.875 MiB at 4 GiB end at 0x1381e0000; the next multiple of 128 MiB is 0x140000000.
        Assert.That(Plug(Live(919552, 4), ["memory-hot-plug = place"]), Is.EqualTo((0, Dimm.Replace("</memory>", "<address type=\"dimm\" slot=\"1\" base=\"0x140000000\" /></memory>", StringComparison.Ordinal))));
        Assert.That(Plug(Live(919552, 4), ["memory-hot-plug = warn"]), Is.EqualTo((0, Dimm)));
    }

    [Test]
    public void Memory_IsPlaced_InTheSlotThatSomebodyChose()
    {
        var dimm = Dimm.Replace("</memory>", "<address type='dimm' slot='7'/></memory>", StringComparison.Ordinal);
        Assert.That(Plug(Live(919552, 4), ["memory-hot-plug = place"], dimm).Payload, Does.Contain("<address type=\"dimm\" slot=\"7\" base=\"0x140000000\" />"));
    }

    [Test]
    public void Memory_IsPlaced_InTheLowestGap()
    {
        const string Plugged = "<memory model='dimm'><target><size unit='MiB'>256</size><node>0</node></target><address type='dimm' slot='1' base='0x160000000'/></memory>";
        var live = Live(919552, 4).Replace("</devices>", $"{Plugged}</devices>", StringComparison.Ordinal);
        Assert.That(Plug(live, ["memory-hot-plug = place"]).Payload, Does.Contain("slot=\"2\" base=\"0x140000000\""));
    }

    /// <summary>With 64 GiB of RAM the guest takes memory in blocks of 2 GiB.</summary>
    [TestCase("refuse", ExitStatus.Refused)]
    [TestCase("place", ExitStatus.Refused)]
    [TestCase("warn", 0)]
    public void Memory_SmallerThanTheGuestsBlock_IsRefused_UnlessThatIsConfigured(string reaction, int status) =>
        Assert.That(Plug(Large("<maxMemory slots='16' unit='GiB'>80</maxMemory>"), [$"memory-hot-plug = {reaction}"]), Is.EqualTo((status, Dimm)));

    /// <summary>A guest of 65 GiB takes memory in blocks of 1 GiB, and of 2 GiB where its CPU has no hypervisor bit.</summary>
    [TestCase("", 0)]
    [TestCase("<feature policy='require' name='hypervisor'/>", 0)]
    [TestCase("<feature policy='disable' name='vmx'/>", 0)]
    [TestCase("<feature policy='disable' name='hypervisor'/>", ExitStatus.Refused)]
    [TestCase("<feature policy='forbid' name='hypervisor'/>", ExitStatus.Refused)]
    public void Memory_OfALargeGuest_DependsOnItsHypervisorBit(string feature, int status)
    {
        var live = Large("<maxMemory slots='16' unit='GiB'>80</maxMemory>")
            .Replace("67108864", "68157440", StringComparison.Ordinal)
            .Replace("<cpu>", $"<features><kvm><hidden state='on'/></kvm></features><cpu>{feature}", StringComparison.Ordinal);
        var plugged = Plug(live, [], Sized("<size unit=\"GiB\">1</size>"));
        Assert.That(plugged.Status, Is.EqualTo(status), plugged.Line);
        Assert.That(plugged.Line, status == 0 ? Is.Empty : Does.Contain(NvdimmCodes.DimmSize).And.Contain("2147483648"));
    }

    [TestCase("refuse", ExitStatus.Refused)]
    [TestCase("warn", 0)]
    public void Memory_OfAnArchitectureThatIsNotKnown_IsRefused_UnlessThatIsConfigured(string reaction, int status)
    {
        var live = Live(919552, 2048).Replace("arch='x86_64'", "arch='riscv64'", StringComparison.Ordinal);
        var plugged = Plug(live, [$"memory-hot-plug = {reaction}"], Dimm);
        Assert.That((plugged.Status, plugged.Payload), Is.EqualTo((status, Dimm)), plugged.Line);
        Assert.That(plugged.Line, Does.Contain("[NVDIMM_ARCHITECTURE_UNSUPPORTED]").And.Contain("not for riscv64").And.Not.Contain("unexpected"));
    }

    [TestCase("<maxMemory slots='16' unit='GiB'>1</maxMemory>")]
    [TestCase("<maxMemory slots='16' unit='GiB'>none</maxMemory>")]
    [TestCase("")]
    public void Memory_OfAVmThatCannotBe_IsRefused(string maxMemory) =>
        Assert.That(Plug(Large(maxMemory), ["memory-hot-plug = warn"]).Status, Is.EqualTo(ExitStatus.Refused));

    [Test]
    public void Memory_WithoutASlot_IsRefused() =>
        Assert.That(Plug(Live(919552, 2048).Replace("slots='16'", "slots='1'", StringComparison.Ordinal), []).Status, Is.EqualTo(ExitStatus.Refused));

    /// <summary>256 MiB at 4.875 GiB, behind 896 MiB of NVDIMM: the next DIMM is behind them.</summary>
    [TestCase("virtio-mem")]
    [TestCase("virtio-pmem")]
    public void Memory_BesideADeviceOnPci_IsPlacedBehindIt_AndTheDeviceTakesNoSlot(string model)
    {
        var live = Live(919552, 2048).Replace("slots='16'", "slots='2'", StringComparison.Ordinal)
            .Replace("</devices>", OnPci(model, "<address base='0x138000000'/>"), StringComparison.Ordinal);
        Assert.That(Plug(live, []), Is.EqualTo((0, Dimm)));
        Assert.That(Plug(live.Replace("0x138000000", "0x138200000", StringComparison.Ordinal), ["memory-hot-plug = place"]).Payload, Does.Contain("slot=\"1\" base=\"0x150000000\""));
        Assert.That(Plug(live.Replace("slots='2'", "slots='1'", StringComparison.Ordinal), []).Status, Is.EqualTo(ExitStatus.Refused));
    }

    [TestCase("refuse", ExitStatus.Refused)]
    [TestCase("place", ExitStatus.Refused)]
    [TestCase("warn", 0)]
    public void Memory_BesideADeviceOnPciOfUnknownAddress_IsRefused_UnlessThatIsConfigured(string reaction, int status)
    {
        var live = Live(919552, 2048).Replace("</devices>", OnPci("virtio-mem"), StringComparison.Ordinal);
        var plugged = Plug(live, [$"memory-hot-plug = {reaction}"], Dimm);
        Assert.That((plugged.Status, plugged.Payload), Is.EqualTo((status, Dimm)));
        Assert.That(plugged.Line, Does.Contain("libvirt does not show the address of the VM's virtio-mem device"));
    }

    /// <summary>Running domains of the field. SGX memory has no address and no slot; without alignsize the NVDIMM ends at a page, and a DIMM behind it is misplaced.</summary>
    [TestCase("nvdimm-beside-sgx-epc", 0, "")]
    [TestCase("nvdimm-and-virtio-mem-slots-1-full", ExitStatus.Refused, NvdimmCodes.NoMemorySlot)]
    [TestCase("nvdimm-beside-virtio-mem-without-slots-attribute", ExitStatus.Refused, NvdimmCodes.NoMemorySlot)]
    [TestCase("nvdimm-without-alignsize-label-130k", ExitStatus.Refused, NvdimmCodes.HookMemoryMisplaced)]
    [TestCase("nvdimm-without-label", ExitStatus.Refused, NvdimmCodes.HookMemoryMisplaced)]
    public void Memory_InDomainsOfTheField(string name, int status, string said)
    {
        var plugged = Plug(TestFiles.Text("field-live", name + ".xml"), [], Dimm);
        Assert.That((plugged.Status, plugged.Payload), Is.EqualTo((status, Dimm)), plugged.Line);
        Assert.That(plugged.Line, said.Length == 0 ? Is.Empty : Does.Contain(said));
    }

    /// <summary>
    /// 1 KiB of label more than 128 MiB: what the guest sees ends 1 KiB above 4224 MiB, less up to a page: at 4224 MiB, where a DIMM is right.
    /// Counted to the byte it would be taken to end behind it.
    /// </summary>
    [Test]
    public void Memory_BesideAnNvdimmWithoutAlignsize_IsJudgedByThePage()
    {
        var live = Live(131072 + 129, 2048).Replace("<alignsize unit='KiB'>2048</alignsize>", "", StringComparison.Ordinal);
        Assert.That(Plug(live, []), Is.EqualTo((0, Dimm)));
    }

    /// <summary>A model that is not known does not refuse hot plug, and is not said to be one that libvirt shows later.</summary>
    [TestCase("refuse")]
    [TestCase("place")]
    [TestCase("warn")]
    public void Memory_BesideAModelThatIsNotKnown_IsPluggedWithAWarning(string reaction)
    {
        var live = TestFiles.Text("field-live", "nvdimm-beside-sgx-epc.xml").Replace("sgx-epc", "future-mem", StringComparison.Ordinal);
        var plugged = Plug(live, [$"memory-hot-plug = {reaction}"], Dimm);
        Assert.That((plugged.Status, plugged.Payload), Is.EqualTo((0, Dimm)));
        Assert.That(plugged.Line, Does.Contain("libvirt does not show the address of the VM's future-mem device").And.Not.Contain("9.4"));
    }

    [TestCase("0x160000000", 0)]
    [TestCase("0x160200000", ExitStatus.Refused)]
    [TestCase("0X160000000", 0)]
    [TestCase("0X160200000", ExitStatus.Refused)]
    [TestCase("160000000", 0)]
    [TestCase("160200000", ExitStatus.Refused)]
    public void Memory_ThatNamesItsAddress_IsJudgedByIt_WhateverElseIsUnknown(string address, int status)
    {
        var live = Live(919552, 2048).Replace("</devices>", OnPci("virtio-mem"), StringComparison.Ordinal);
        Assert.That(Plug(live, [], Dimm.Replace("</memory>", $"<address type=\"dimm\" slot=\"1\" base=\"{address}\"/></memory>", StringComparison.Ordinal)).Status, Is.EqualTo(status));
    }

    [TestCase("<size unit=\"MiB\">256</size>")]
    [TestCase("<size>262144</size>")]
    [TestCase("<size unit=\"KiB\"> +262144</size>")]
    [TestCase("<size unit=\"KiB\">262144 </size>", "no size that libvirt takes: '262144 ' in 'KiB'")]
    [TestCase("<size unit=\"bytes\">268435456</size>")]
    [TestCase("<size unit=\"kB\">268435.456</size>", "no size that libvirt takes: '268435.456' in 'kB'")]
    [TestCase("<size unit=\"MB\">268</size>", "NVDIMM_DIMM_SIZE.*268000256")]
    [TestCase("<size unit=\"KB\">268435456000</size>")]
    [TestCase("<size unit=\"TiB\">1</size>")]
    [TestCase("<size unit=\"EiB\">8</size>", "no size that libvirt takes: '8' in 'EiB'")]
    [TestCase("<size unit=\"GiB\">9223372036854775807</size>", "no size that libvirt takes: '9223372036854775807' in 'GiB'")]
    [TestCase("<size unit=\"PiB\">8</size>", "Memory for the VM pmem-vm")]
    [TestCase("<size unit=\"parsec\">1</size>", "no size that libvirt takes: '1' in 'parsec'")]
    [TestCase("<size>many</size>", "no size that libvirt takes: 'many' in 'KiB'")]
    [TestCase("", "it has no target size")]
    public void Memory_OfAnySizeThatLibvirtTakes_IsJudged_AndEveryOtherIsSaid(string size, string said = "")
    {
        var plugged = Plug(Live(919552, 2048), [], Sized(size));
        Assert.That(plugged.Status, Is.EqualTo(said.Length == 0 ? 0 : ExitStatus.Refused), plugged.Line);
        Assert.That(plugged.Line, said.Length == 0 ? Is.Empty : Does.Match(said).And.Not.Contain("unexpected"));
    }

    [Test]
    public void Memory_BesideADeviceWithoutReadableSize_IsRefused_AndTheDomainIsNamed()
    {
        var plugged = Plug(Live(919552, 2048).Replace("unit='KiB'>128<", "unit='EiB'>128<", StringComparison.Ordinal), [], Dimm);
        Assert.That(plugged.Status, Is.EqualTo(ExitStatus.Refused));
        Assert.That(plugged.Line, Does.Contain("The running domain: its <size> is no size that libvirt takes: '128' in 'EiB'"));
    }

    [Test]
    public void Memory_WhereLibvirtDoesNotSay_IsRefused() => Assert.That(Plug("", []).Status, Is.EqualTo(ExitStatus.Refused));

    [Test]
    public void Memory_BesideAnUnreadablePidFileOfAnotherVm_IsPlugged()
    {
        var folder = Directory.CreateDirectory(Path.Combine(host.Root, "run", "libvirt", "qemu")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "another.pid"), Path.Combine(folder, "another.pid"));
        var (status, line, _) = host.Run("before_memory_hotplug", Dimm);
        Assert.That((status, File.ReadAllText(host.Payload)), Is.EqualTo((0, Dimm)));
        Assert.That(line, Does.Contain("another.pid"));
        Assert.That(Plug(Live(919552, 4), []).Status, Is.EqualTo(ExitStatus.Refused), "its own is found beside it");
    }

    [Test]
    public void Memory_OfAVmWithoutNvdimms_IsPlugged_WhateverLibvirtSays() =>
        Assert.That(host.Run("before_memory_hotplug", Dimm), Is.EqualTo((0, "", ValueList<string>.Empty)));

    /// <summary>On a thread of its own, which is left behind where it hangs.</summary>
    private static T Within<T>(Func<T> run)
    {
        var running = Task.Run(run);
        Assert.That(running.Wait(TimeSpan.FromSeconds(30)), Is.True, "it waits");
        return running.Result;
    }

    /// <summary>The domain of a VM with four NVDIMMs that was let start, its devices, and the process that has their claims until QEMU has them.</summary>
    private (string Domain, List<DeviceIdentity> Identities, int Holder) StartFour()
    {
        Enumerable.Range(1, 3).ToList().ForEach(number => host.AddFsdax(number));
        var domain = host.Domain("engine-four.xml");
        Assert.That(host.Run("before_vm_start", domain).Status, Is.Zero);
        var identities = host.Ledger.List().Records.Select(record => record.Identity).ToList();
        return (domain, identities, Holders(identities).Distinct().Single()!.Value);
    }

    private IEnumerable<int?> Holders(List<DeviceIdentity> identities) => identities.Select(identity => host.Claims.Find(identity).Claim?.Holder.ProcessId);

    private static string Live(long targetKiB, long alignKiB) => $"""
        <domain type='kvm'><name>pmem-vm</name><memory unit='KiB'>2097152</memory><maxMemory slots='16' unit='KiB'>8388608</maxMemory>
        <os><type arch='x86_64'>hvm</type></os><cpu><numa><cell id='0' cpus='0' memory='1177600' unit='KiB'/></numa></cpu>
        <devices><memory model='nvdimm' access='shared'><source><path>/dev/pmem0</path><alignsize unit='KiB'>{alignKiB}</alignsize></source>
        <target><size unit='KiB'>{targetKiB}</size><node>0</node><label><size unit='KiB'>128</size></label></target>
        <address type='dimm' slot='0' base='0x100000000'/></memory></devices></domain>
        """;

    private static string Large(string maxMemory) => Live(2097280, 2048)
        .Replace("1177600", "67108864", StringComparison.Ordinal)
        .Replace("<maxMemory slots='16' unit='KiB'>8388608</maxMemory>", maxMemory, StringComparison.Ordinal);

    /// <summary>What libvirt shows of a device that sits on PCI: its place there, and from 9.4 on the other one in its target.</summary>
    private static string OnPci(string model, string address = "") => $"""
        <memory model='{model}'><target><size unit='MiB'>256</size><node>0</node><block unit='KiB'>2048</block>{address}</target>
        <address type='pci' domain='0x0000' bus='0x00' slot='0x05' function='0x0'/></memory></devices>
        """;

    private static string Sized(string size) => Dimm.Replace("<size unit=\"MiB\">256</size>", size, StringComparison.Ordinal);

    private (int Status, string Payload) Plug(string live, string[] configuration)
    {
        var (status, payload, _) = Plug(live, configuration, Dimm);
        return (status, payload);
    }

    private (int Status, string Payload, string Line) Plug(string live, string[] configuration, string dimm)
    {
        using var qemu = new FakeQemu(host.Root, "pmem-vm", HookHost.VmId, host.Device(0));
        var answer = host.Write("live.xml", live);
        var virsh = host.Write("virsh", $"#!/bin/sh\n[ -s '{answer}' ] || exit 1\ncat '{answer}'\n");
        File.SetUnixFileMode(virsh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        host.Configure([$"virsh = {virsh}", .. configuration]);
        var (status, line, _) = host.Run("before_memory_hotplug", dimm);
        return (status, File.ReadAllText(host.Payload), line);
    }
}
