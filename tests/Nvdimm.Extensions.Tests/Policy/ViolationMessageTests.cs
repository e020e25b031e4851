using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Extensions.Tests.Policy.PolicySamples;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>One finding of every rule, word for word: all placeholders are filled, and with the right thing.</summary>
public sealed class ViolationMessageTests
{
    private const string EngineText = "Cannot add Host devices. ";

    private static readonly MessageCase[] Errors =
    [
        new(EngineCodes.DeviceMustBeSpecified, Attach with { Devices = [] }, EngineText + "Device must be specified."),
        new(EngineCodes.VmNotFound, Attach with { Vm = null }, EngineText + "VM is not found."),
        new(
            EngineCodes.VmStatusIllegal,
            Attach.OnVm(vm => vm with { Status = VmStatus.WaitForLaunch }),
            "Cannot add Host devices because the VM is in Wait for Launch status."),
        new(EngineCodes.VmNotPinnedToHost, Attach.OnVm(vm => vm with { PinnedHosts = [] }), EngineText + "VM must be pinned to a host."),
        new(EngineCodes.VmPinnedToMultipleHosts, Attach.OnVm(vm => vm with { PinnedHosts = ["a", "b"] }), EngineText + "VM must be pinned to a single host."),
        new(EngineCodes.HostDeviceNotFound, Attach with { Devices = ["x"] }, EngineText + "One or more of specified host devices not found."),
        new(
            NvdimmCodes.AttachedUnderFormerName,
            (Attach with { Vm = VmWithNvdimm, Devices = ["namespace7.0"] }).OnDevice(device => device with { Name = "namespace7.0" }),
            "vm1 has namespace7.0 attached under its former name namespace0.0: the engine would keep both names, and namespace0.0 can stand for "
                + "another device at any time. Detach namespace0.0 first."),
        new(EngineCodes.NumaUnavailable, Attach.OnVm(vm => vm with { NumaNodes = [] }), "Cannot use an NVDIMM device without NUMA."),
        new(
            EngineCodes.HostDeviceNotAvailable,
            Start.OnHost(host => host with { Devices = [] }),
            "Cannot run VM. One or more configured host devices are unavailable."),
        new(
            EngineCodes.HostDeviceAlreadyInUse,
            Start.Shared(VmStatus.Up),
            "Cannot run VM. One or more configured host devices are already used by a VM or a Storage Domain."),
        new(
            EngineCodes.VmIsPinnedToHost,
            Of(HostDeviceOperation.Migrate).OnVm(vm => vm with { Affinity = VmAffinity.Pinned }),
            "Cannot migrate VM. VM is pinned to Host."),
        new(
            EngineCodes.VmIsNonMigratable,
            Of(HostDeviceOperation.Migrate).OnVm(vm => vm with { Affinity = VmAffinity.UserMigratable }),
            "Cannot migrate VM. VM is non migratable and user did not specify the force-migration flag"),
        new(EngineCodes.VmHasAttachedNvdimmDevices, Of(HostDeviceOperation.Hibernate), "Cannot hibernate VM. VM has NVDIMM devices attached."),
        new(
            EngineCodes.DetectedPinnedVms,
            Of(HostDeviceOperation.RemoveHost).OnVm(vm => vm with { Affinity = VmAffinity.Pinned }),
            "Cannot remove Host. The following VMs are set to run specifically only on this Host: vm1."),
        new(
            EngineCodes.DetectedAssignedHostDevices,
            Of(HostDeviceOperation.RemoveHost),
            "Cannot remove Host. The following VMs are assigned with host devices from this Host: vm1,vm2."),
        new(
            NvdimmCodes.SilentlyDetached,
            Start.OnVm(vm => vm with { ExpectedNvdimms = [new("namespace7.0")] }),
            "vm1 should have namespace7.0, but is no longer attached to it. The engine drops an attachment when one report of the host lacks the device."),
        new(
            NvdimmCodes.IdentityChanged,
            Start.OnDevice(device => device with { Uuid = OtherUuid }),
            $"namespace0.0 was attached with the uuid {Uuid}, but now has {OtherUuid}: it is another device under the same name."),
        new(
            NvdimmCodes.IdentityChanged,
            Start.OnDevice(device => device with { Uuid = null }),
            $"namespace0.0 was attached with the uuid {Uuid}, but now has none: it is another device under the same name."),
        new(
            NvdimmCodes.AmbiguousDevice,
            (Attach with { Devices = ["data"] }).OnHost(
                host => host with { Devices = [Device with { Label = "data" }, OtherDevice with { Label = "data", Uuid = null }] }),
            $"'data' stands for more than one device: namespace0.0 ({Uuid}), namespace1.0."),
        new(
            NvdimmCodes.Unusable,
            Attach.OnDevice(device => device.With(Finding.Error(NvdimmCodes.SeedNamespace, ("device", "namespace0.0")))
                .With(Finding.Error(NvdimmCodes.NoDevicePath, ("device", "namespace0.0"))).With(Finding.Warning("C"))
                .WithUse(new DeviceUse(IsReadOnly: true, ["swap"]))),
            "namespace0.0 cannot be used by a VM. namespace0.0 is an empty seed namespace: the kernel keeps it for the next namespace that is created. "
                + "namespace0.0 has neither a block device nor a dax device."),
        new(
            NvdimmCodes.ReadOnly,
            Attach.OnDevice(device => device with { Use = new DeviceUse(IsReadOnly: true, []) }),
            "namespace0.0 is read-only (the kernel refuses writes to it): the guest's writes would be lost or fail."),
        new(
            NvdimmCodes.ReadOnly,
            Attach.OnDevice(device => device.With(Finding.Error(NvdimmCodes.ReadOnly, ("reason", "region0 is read-only")))),
            "namespace0.0 is read-only (region0 is read-only): the guest's writes would be lost or fail."),
        new(
            NvdimmCodes.InUseByHost,
            Attach.OnDevice(device => device.With(Finding.Error(NvdimmCodes.InUseByHost, ("use", "held by dm-0"))) with { Use = DeviceUse.Free }),
            "namespace0.0 is in use by the host: held by dm-0."),
        new(
            NvdimmCodes.InUseByHost,
            Attach.OnDevice(device => device with { Use = new DeviceUse(IsReadOnly: false, ["mounted on /data", "swap"]) }),
            "namespace0.0 is in use by the host: mounted on /data, swap."),
        new(
            NvdimmCodes.UsedByOtherVm,
            Attach.Shared(),
            "namespace0.0 belongs to vm2 too, by configuration, record or use: two VMs on one device destroy each other's data. If vm2 no longer needs it, detach it there."),
        new(NvdimmCodes.NotAttached, Detach with { Vm = Vm }, "namespace0.0 is not attached to vm1."),
        new(
            NvdimmCodes.NoMemorySlot,
            Attach.OnVm(vm => vm with { MemoryDevices = 20 }),
            "vm1 needs 21 memory slots and has 16; every NVDIMM takes one."),
        new(
            NvdimmCodes.NoMemorySlot,
            Of(HostDeviceOperation.MemoryHotPlug).OnVm(vm => vm with { MemoryDevices = 15 }),
            "vm1 needs 17 memory slots and has 16; every NVDIMM takes one."),
        new(
            NvdimmCodes.NoMemorySlot,
            new PolicyRequest { Operation = HostDeviceOperation.Attach, Devices = [.. Enumerable.Range(0, 17).Select(index => $"namespace{index}.0")] },
            "the VM needs 17 memory slots and has 16; every NVDIMM takes one."),
        new(
            NvdimmCodes.SizeRefused,
            Attach.OnDevice(device => device with { Align = Alignment.FromBytes(3L << 20) }),
            "namespace0.0 cannot be sized for vm1. The alignment of 3 MiB = 3145728 bytes is not a power of two; QEMU refuses it. The alignment of "
                + "3 MiB = 3145728 bytes neither divides the hot-plug block of 128 MiB = 134217728 bytes nor is a multiple of it. The engine would attach the device, but could not start the VM."),
        new(
            NvdimmCodes.MemoryHotPlugMisaligned,
            Of(HostDeviceOperation.MemoryHotPlug).OnDevice(Misaligned),
            "Memory plugged into vm1 would not come online in the guest: the guest size of namespace0.0, 385.875 MiB = 404619264 bytes, is not a multiple of 134217728. The host would not notice."),
        new(
            NvdimmCodes.MemoryHotPlugUnknown,
            Of(HostDeviceOperation.MemoryHotPlug).OnDevice(device => device with { Size = null }),
            "Memory plugged into vm1 may not come online in the guest: the size that the guest has of namespace0.0 is unknown. "
            + "List the host's devices again, and plug the memory once namespace0.0 is listed with its size."),
        new(
            NvdimmCodes.NoStableGuestUuid,
            Attach.OnVm(vm => vm with { Architecture = GuestArchitecture.Ppc64 }).OnDevice(device => device with { Uuid = null }),
            "namespace0.0 has no uuid from which the guest's uuid can be derived. On POWER, a changed uuid hides all namespaces of the guest."),
        new(
            NvdimmCodes.PinningChangeDetaches,
            Of(HostDeviceOperation.ChangePinning),
            "If the pinning of vm1 changes, the engine drops namespace0.0 from it. Detach it first."),
        new(
            NvdimmCodes.CloneSharesDevice,
            Of(HostDeviceOperation.Clone),
            "A copy of vm1 with the same pinning gets namespace0.0 too: two VMs on one device destroy each other's data."),
        new(
            NvdimmCodes.HotPlugUnsupported,
            Attach with { Operation = HostDeviceOperation.HotPlug },
            "namespace0.0 cannot be attached to vm1 while it runs: NVDIMM hot plug is not supported."),
        new(
            NvdimmCodes.HotUnplugUnsupported,
            Detach with { Operation = HostDeviceOperation.HotUnplug },
            "namespace0.0 cannot be removed from vm1 while it runs: QEMU has no NVDIMM hot unplug."),
        new(
            NvdimmCodes.InventoryUnavailable,
            Attach with { Host = null },
            "The NVDIMM devices of host1 could not be read: it was not asked. Without them, nothing is attached or started."),
    ];

    private static readonly MessageCase[] Warnings =
    [
        new(
            NvdimmCodes.HostUseUnknown,
            Attach.OnDevice(device => device.With(Finding.Warning(NvdimmCodes.HostUseUnknown, ("reason", "no sysfs")))),
            "The host's own use of namespace0.0 could not be read: no sysfs."),
        new(
            NvdimmCodes.HostUseUnknown,
            Attach.OnDevice(device => device.With(Finding.Warning(NvdimmCodes.HostUseUnknown))),
            "The host's own use of namespace0.0 could not be read: unknown."),
        new(
            NvdimmCodes.BadBlocks,
            Attach.OnDevice(device => device with { BadBlockCount = 7 }),
            "namespace0.0 has 7 bad blocks of 512 bytes. Reading them fails in the guest."),
        new(
            NvdimmCodes.DeviceAltered,
            Start.OnVm(vm => vm with { Nvdimms = [new(Name, Uuid) { RecordedFacts = new DeviceFacts(Name) { Size = ByteSize.FromMiB(256), Mode = NamespaceMode.Raw } }] }),
            "namespace0.0 has changed since it was attached: it had 268435456 bytes and mode raw and has 536870912 bytes and mode devdax now. "
                + "The guest's data on it may be cut off or unreadable. Check its layout on the host before the VM starts."),
        new(NvdimmCodes.AlreadyAttached, Attach with { Vm = VmWithNvdimm }, "namespace0.0 is attached to vm1 already."),
        new(
            NvdimmCodes.HotPlugMisaligned,
            Attach.OnDevice(Misaligned),
            "The guest size of 385.875 MiB = 404619264 bytes is not a multiple of the hot-plug block of 134217728: memory that is plugged later does not come online in the guest."),
        new(
            NvdimmCodes.NoStableIdentity,
            Attach.OnDevice(device => device with { Uuid = null }),
            "namespace0.0 has no uuid: only its name identifies it, and after a reboot the name can stand for another device."),
        new(
            NvdimmCodes.PersistenceNotGuaranteed,
            Attach.OnDevice(device => device with { Path = "/dev/pmem0" }),
            "QEMU maps namespace0.0 through the host's page cache: if the host crashes, data that the guest has synced is lost. To keep it, use a devdax namespace of a region with a persistence domain, or a file on a file system that is mounted with DAX."),
        new(
            NvdimmCodes.ModeWithoutDax,
            Attach.OnDevice(device => device with { Mode = NamespaceMode.Sector }),
            "namespace0.0 is in sector mode, which has no DAX. The engine still declares it as persistent memory."),
        new(
            NvdimmCodes.DevdaxSelinux,
            Attach.OnHost(host => host with { Selinux = SelinuxState.Enforcing }),
            "namespace0.0 is a dax device, and SELinux is enforcing on host1: it may keep QEMU from opening the device (bugzilla 1855336)."),
        new(
            NvdimmCodes.DevdaxSelinux,
            Attach.OnHost(host => host with { Selinux = SelinuxState.Unknown, Name = null }),
            "namespace0.0 is a dax device, and SELinux is unknown on the host: it may keep QEMU from opening the device (bugzilla 1855336)."),
        new(
            NvdimmCodes.NumaMismatch,
            Attach.OnDevice(device => device with { NumaNode = 3 }),
            "namespace0.0 is on host NUMA node 3 (target node none), but the guest sees it on guest node 0, which is not pinned there. The right guest node: none, as no guest node is pinned there."),
        new(NvdimmCodes.ContentNotInSnapshot, Of(HostDeviceOperation.Snapshot), "The snapshot will not hold the content of namespace0.0."),
        new(
            NvdimmCodes.ContentNotReverted,
            Of(HostDeviceOperation.SnapshotRestore),
            "Restoring the snapshot leaves the content of namespace0.0 as it is now, which may no longer match the disks."),
        new(
            NvdimmCodes.DetachBlockedByEngine,
            Detach.OnVm(vm => vm with { PinnedHosts = [] }),
            "The engine refuses to remove namespace0.0 from vm1 until the VM is pinned to exactly one host that reports the device."),
        new(
            NvdimmCodes.ListingIncomplete,
            Attach.OnHost(host => host with { IsComplete = false }),
            "The list of the devices of host1 is incomplete: a device that is missing from it may exist."),
    ];

    [TestCaseSource(nameof(Errors))]
    public void Error_Refuses(MessageCase row)
    {
        Assert.That(row.Violation, Is.EqualTo((Severity.Error, row.Message)));
        Assert.That(NvdimmPolicy.Check(row.Request).IsAllowed, Is.False);
    }

    [TestCaseSource(nameof(Warnings))]
    public void Warning_Warns(MessageCase row) => Assert.That(row.Violation, Is.EqualTo((Severity.Warning, row.Message)));

    [Test]
    public void Rows_CoverEveryRule() =>
        Assert.That(
            Errors.Concat(Warnings).Select(row => row.Code).Distinct(StringComparer.Ordinal),
            Is.EquivalentTo(NvdimmPolicy.Rules.Select(rule => rule.Code)));

    [Test]
    public void HotPlugMisaligned_NamesTheDevice() =>
        Assert.That(NvdimmPolicy.Check(Attach.OnDevice(Misaligned)).Findings.Single()["device"], Is.EqualTo(Name));

    [Test]
    public void Unusable_VmUnknown()
    {
        var request = Attach.OnDevice(device => device.With(Finding.Error("A"))) with { Vm = null };
        Assert.That(NvdimmPolicy.Check(request).Findings.Select(finding => finding.Code), Is.EqualTo([EngineCodes.VmNotFound, NvdimmCodes.Unusable]));
    }

    private static NvdimmDevice Misaligned(NvdimmDevice device) => device with { Mode = NamespaceMode.Fsdax, Align = Alignment.FromKiB(4) };

    public sealed record MessageCase(string Code, PolicyRequest Request, string Message)
    {
        public (Severity Severity, string Message) Violation
        {
            get
            {
                var finding = NvdimmPolicy.Check(Request).Findings.Single(finding => finding.Code == Code);
                return (finding.Severity, finding.Message);
            }
        }

        public override string ToString() => Code;
    }
}
