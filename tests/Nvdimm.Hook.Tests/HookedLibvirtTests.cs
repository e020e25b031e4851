using System.Diagnostics;
using System.Globalization;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Tests;

/// <summary>The real libvirt of this machine with the native program as its hook.</summary>
public sealed class HookedLibvirtTests
{
    private const string Vm = HookedLibvirt.Vm;

    /// <summary>The size with which the device was used before.</summary>
    private const long Kept = 919552;

    private HookedLibvirt libvirt = null!;

    [SetUp]
    public void SetUp() => libvirt = new HookedLibvirt();

    [TearDown]
    public void TearDown() => libvirt?.Dispose();

    private LayoutRecord Record => libvirt.Host.Ledger.List().Records.Single();

    private DeviceClaim? Claim => libvirt.Host.Claims.FindOf(Record.Identity, HookHost.VmId);

    [Test]
    public void Start_GivesQemuTheClaim_AndTheEndReleasesIt()
    {
        libvirt.Define(libvirt.Nvdimm(Kept));
        for (var round = 0; round < 3; round++)
        {
            libvirt.VirshGood("start", Vm);
            Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(libvirt.QemuOf(Vm)));
            libvirt.VirshGood("destroy", Vm);
            Assert.That(Claim, Is.Null, "no claim leaks");
        }

        Assert.That((Record.VmName, Record.VmId, Record.Layout!.TargetSize.ToKiBExact()), Is.EqualTo((Vm, HookHost.VmId, Kept)));
    }

    /// <summary>
    /// Starts one VM many times. Each start ends in another way: the VM is destroyed, or its QEMU is killed. Some meet a second VM, which is
    /// refused, or a daemon that was killed and started again. CI makes 40 starts; NVDIMM_STARTS sets another number.
    /// </summary>
    [Test]
    public void ManyStarts_LeakNoClaim()
    {
        var starts = int.Parse(Environment.GetEnvironmentVariable("NVDIMM_STARTS") ?? "40", CultureInfo.InvariantCulture);
        libvirt.Define(libvirt.Nvdimm(Kept));
        libvirt.Define(libvirt.Nvdimm(Kept), "other", VmLife.Vm2);
        for (var start = 0; start < starts; start++)
        {
            libvirt.VirshGood("start", Vm);
            var qemu = libvirt.QemuOf(Vm);
            Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(qemu), $"start {start}");
            if (start % 3 == 1)
            {
                Assert.That(libvirt.Virsh("start", "other").Error, Does.Contain(NvdimmCodes.ClaimHeld), $"start {start}");
                Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(qemu), $"start {start}: the refused start takes no claim away");
            }

            if (start % 25 == 10)
            {
                libvirt.Stop();
                libvirt.Start();
            }

            if (start % 2 == 0)
            {
                libvirt.VirshGood("destroy", Vm);
            }
            else
            {
                using var process = Process.GetProcessById(qemu);
                process.Kill();
                Assert.That(SpinWait.SpinUntil(() => libvirt.VirshGood("domstate", Vm).Trim() == "shut off", TimeSpan.FromMinutes(1)), $"start {start}");
            }

            Assert.That(
                SpinWait.SpinUntil(() => !Directory.EnumerateFiles(libvirt.Host.State, "*.claim", SearchOption.AllDirectories).Any(), TimeSpan.FromMinutes(1)),
                $"the claim of start {start} is released");
        }

        Assert.That((Record.VmId, Record.Layout!.TargetSize.ToKiBExact()), Is.EqualTo((HookHost.VmId, Kept)), "the owner stays");
    }

    [Test]
    public void OtherSize_IsRefused_AndThePrintedElementStarts()
    {
        libvirt.Define(libvirt.Nvdimm(Kept));
        libvirt.VirshGood("start", Vm);
        libvirt.VirshGood("destroy", Vm);
        libvirt.Define(libvirt.Nvdimm(788480));
        var (status, _, error) = libvirt.Virsh("start", Vm);
        Assert.That((status, error), Is.EqualTo((1, error)).And.Matches<(int, string Error)>(run => run.Error.Contains(NvdimmCodes.DomainToEdit, StringComparison.Ordinal)));
        Assert.That(Claim, Is.Null);
        libvirt.Define(error[error.IndexOf("<memory", StringComparison.Ordinal)..(error.IndexOf("</memory>", StringComparison.Ordinal) + "</memory>".Length)]);
        libvirt.VirshGood("start", Vm);
        Assert.That(libvirt.VirshGood("dumpxml", Vm), Does.Contain($"<size unit='KiB'>{Kept}</size>"));
    }

    [Test]
    public void DeviceOfARunningVm_StartsNoOther()
    {
        libvirt.Define(libvirt.Nvdimm(Kept));
        libvirt.VirshGood("start", Vm);
        libvirt.Define(libvirt.Nvdimm(Kept), "other", VmLife.Vm2);
        var (status, _, error) = libvirt.Virsh("start", "other");
        Assert.That(status, Is.EqualTo(1));
        Assert.That(error, Does.Contain(NvdimmCodes.ClaimHeld));
        Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(libvirt.QemuOf(Vm)), "the end of the refused start leaves the claim of the other VM");
    }

    /// <summary>A restore writes the content at the save over what was written since.</summary>
    [Test]
    public void Restore_IsRefused_AndStartsOnceWithPermission()
    {
        libvirt.Define(libvirt.Nvdimm(Kept));
        libvirt.VirshGood("start", Vm);
        libvirt.VirshGood("save", Vm, libvirt.Save);
        Assert.That(Claim, Is.Null);
        var (status, _, error) = libvirt.Virsh("restore", libvirt.Save);
        Assert.That(status, Is.EqualTo(1));
        Assert.That(error, Does.Contain(NvdimmCodes.RestoreOverwrites).And.Contain($"nvdimm layout allow-restore {HookHost.VmId}"));
        new RestorePermissions(libvirt.Host.State, TimeProvider.System, MachineId.Of(libvirt.Host.Root)).Give(HookHost.VmId);
        libvirt.VirshGood("restore", libvirt.Save);
        libvirt.VirshGood("destroy", Vm);
        Assert.That(libvirt.Virsh("restore", libvirt.Save).Error, Does.Contain(NvdimmCodes.RestoreOverwrites), "a permission is for one restore");
    }

    [Test]
    public void ManagedSave_IsRefused_AndDroppedByAForcedStart()
    {
        libvirt.Define(libvirt.Nvdimm(Kept));
        libvirt.VirshGood("start", Vm);
        libvirt.VirshGood("managedsave", Vm);
        Assert.That(libvirt.Virsh("start", Vm).Error, Does.Contain(NvdimmCodes.RestoreOverwrites));
        libvirt.VirshGood("start", "--force-boot", Vm);
        Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(libvirt.QemuOf(Vm)));
    }

    [Test]
    public void DaemonThatRestarts_KeepsTheVm_AndClaimsWhatIsNotClaimed()
    {
        libvirt.Define(libvirt.Nvdimm(Kept));
        libvirt.VirshGood("start", Vm);
        var qemu = libvirt.QemuOf(Vm);
        libvirt.Stop();
        libvirt.Host.Claims.Release(Claim!);
        libvirt.Start();
        Assert.That(libvirt.VirshGood("domstate", Vm).Trim(), Is.EqualTo("running"));

        // The daemon answers while a thread of its own still asks the hook about each VM.
        Assert.That(SpinWait.SpinUntil(() => Claim is not null, TimeSpan.FromMinutes(1)), "the hook claims it again");
        Assert.That(Claim!.Holder.ProcessId, Is.EqualTo(qemu));
    }

    [Test]
    public void DaemonThatRestarts_WithABrokenConfiguration_KeepsTheVm()
    {
        libvirt.Define(libvirt.Nvdimm(Kept));
        libvirt.VirshGood("start", Vm);
        libvirt.Stop();
        libvirt.Host.Configure("this is no configuration");
        libvirt.Start();
        Assert.That(libvirt.VirshGood("domstate", Vm).Trim(), Is.EqualTo("running"));
    }

    [Test]
    public void HookThatCrashes_StopsTheStart()
    {
        libvirt.Define(libvirt.Nvdimm(Kept));
        libvirt.Install("#!/bin/sh\nkill -SEGV $$\n");
        Assert.That(libvirt.Virsh("start", Vm).ExitCode, Is.EqualTo(1));
        Assert.That(libvirt.Host.Ledger.List().Records, Is.Empty);
    }

    [Test]
    public void VmWithoutNvdimms_Starts_WhateverIsBroken()
    {
        libvirt.Host.Configure("this is no configuration");
        Directory.Delete(libvirt.Host.State, recursive: true);
        libvirt.Define("");
        libvirt.VirshGood("start", Vm);
        libvirt.Define(libvirt.Nvdimm(Kept), "other", VmLife.Vm2);
        Assert.That(libvirt.Virsh("start", "other").Error, Does.Contain(NvdimmCodes.HookConfiguration));
    }
}
