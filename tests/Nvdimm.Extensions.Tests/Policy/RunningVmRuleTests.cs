using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.EngineCodes;
using static Nvdimm.Extensions.Tests.Policy.PolicySamples;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>The engine's checks on start, migration, hibernation, snapshots and the removal of a host.</summary>
public sealed class RunningVmRuleTests
{
    private static readonly PolicyRequest Migrate = Of(HostDeviceOperation.Migrate);
    private static readonly PolicyRequest RemoveHost = new() { Operation = HostDeviceOperation.RemoveHost, Host = Host };

    private static readonly PolicyCase[] StartCases =
    [
        new("device is gone", Start.OnHost(host => host with { Devices = [OtherDevice] }), HostDeviceNotAvailable),
        new("another device has the uuid", Start.OnDevice(device => device with { Name = "namespace7.0" }), HostDeviceNotAvailable),
        new("another device has the name as label", Start.OnDevice(device => device with { Name = "namespace7.0", Label = Name }), HostDeviceNotAvailable),
        new("one of two is gone", Start.OnVm(vm => vm with { Nvdimms = [.. vm.Nvdimms, new("namespace7.0")] }), HostDeviceNotAvailable),
        new("on another host", Start.OnHost(host => host with { Name = "host2" }), HostDeviceNotAvailable),
        new("no host known", Start with { Host = null }, NvdimmCodes.InventoryUnavailable),
        new("no NVDIMMs, on another host", (Start with { Vm = Vm }).OnHost(host => host with { Name = "host2" })),
        new("other VM down", Start.Shared(), NvdimmCodes.UsedByOtherVm),
        new("other VM suspended", Start.Shared(VmStatus.Suspended), NvdimmCodes.UsedByOtherVm),
        new("other VM's disks locked", Start.Shared(VmStatus.ImageLocked), NvdimmCodes.UsedByOtherVm),
        new("other VM up", Start.Shared(VmStatus.Up), HostDeviceNotAvailable, HostDeviceAlreadyInUse, NvdimmCodes.UsedByOtherVm),
        new("other VM unknown", Start.Shared(VmStatus.Unknown), HostDeviceNotAvailable, HostDeviceAlreadyInUse, NvdimmCodes.UsedByOtherVm),
        new("other VM up with another device", Start with { OtherVms = [OtherVm with { Status = VmStatus.Up }] }),
        new("no NVDIMMs, other VM up", (Start with { Vm = Vm }).Shared(VmStatus.Up)),
    ];

    private static readonly PolicyCase[] MigrateCases =
    [
        new("migratable", Migrate, VmHasAttachedNvdimmDevices),
        new("forced", Migrate with { ForceMigration = true }, VmHasAttachedNvdimmDevices),
        new("pinned", Affine(VmAffinity.Pinned), VmIsPinnedToHost, VmHasAttachedNvdimmDevices),
        new("pinned and forced", Affine(VmAffinity.Pinned) with { ForceMigration = true }, VmIsPinnedToHost, VmHasAttachedNvdimmDevices),
        new("user migratable", Affine(VmAffinity.UserMigratable), VmIsNonMigratable, VmHasAttachedNvdimmDevices),
        new("user migratable and forced", Affine(VmAffinity.UserMigratable) with { ForceMigration = true }, VmHasAttachedNvdimmDevices),
        new("no NVDIMMs", Migrate with { Vm = Vm }),
        new("no NVDIMMs, pinned", Migrate with { Vm = Vm with { Affinity = VmAffinity.Pinned } }, VmIsPinnedToHost),
        new("no VM", Migrate with { Vm = null }, VmNotFound),
    ];

    private static readonly PolicyCase[] SaveCases =
    [
        new("hibernate", Of(HostDeviceOperation.Hibernate), VmHasAttachedNvdimmDevices),
        new("hibernate without NVDIMMs", Of(HostDeviceOperation.Hibernate) with { Vm = Vm }),
        new("snapshot with memory", Of(HostDeviceOperation.SnapshotWithMemory), VmHasAttachedNvdimmDevices),
        new("snapshot with memory without NVDIMMs", Of(HostDeviceOperation.SnapshotWithMemory) with { Vm = Vm }),
    ];

    private static readonly PolicyCase[] RemoveHostCases =
    [
        new("no VMs", RemoveHost),
        new("the VM", RemoveHost with { Vm = VmWithNvdimm }, DetectedAssignedHostDevices),
        new("another VM", RemoveHost with { OtherVms = [OtherVm] }, DetectedAssignedHostDevices),
        new(
            "a pinned VM with NVDIMM",
            RemoveHost with { Vm = VmWithNvdimm with { Affinity = VmAffinity.Pinned } },
            EngineCodes.DetectedPinnedVms,
            EngineCodes.DetectedAssignedHostDevices),
        new("a pinned VM without NVDIMM", RemoveHost with { OtherVms = [Vm with { Affinity = VmAffinity.Pinned }] }, EngineCodes.DetectedPinnedVms),
        new("a VM that is pinned elsewhere", RemoveHost with { OtherVms = [Vm with { Affinity = VmAffinity.Pinned, PinnedHosts = ["host2"] }] }),
        new("VM of two hosts", RemoveHost with { Vm = VmWithNvdimm with { PinnedHosts = ["host2", "host1"] } }, DetectedAssignedHostDevices),
        new("VM without NVDIMMs", RemoveHost with { Vm = Vm }),
        new("VM of another host", RemoveHost with { Vm = VmWithNvdimm with { PinnedHosts = ["host2"] } }),
        new("unpinned VM", RemoveHost with { Vm = VmWithNvdimm with { PinnedHosts = [] } }, EngineCodes.DetectedAssignedHostDevices),
        new("no host", RemoveHost with { Vm = VmWithNvdimm, Host = null }, EngineCodes.DetectedAssignedHostDevices),
        new("host without name", RemoveHost with { Vm = VmWithNvdimm, Host = Host with { Name = null } }, EngineCodes.DetectedAssignedHostDevices),
    ];

    [TestCaseSource(nameof(StartCases))]
    public void Start_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(MigrateCases))]
    public void Migrate_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(SaveCases))]
    public void Save_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(RemoveHostCases))]
    public void RemoveHost_Codes(PolicyCase row) => row.Check();

    [Test]
    public void DetectedAssignedHostDevices_NamesEachOnce()
    {
        var request = RemoveHost with { Vm = VmWithNvdimm, OtherVms = [OtherVm, VmWithNvdimm with { Status = VmStatus.Up }, Vm with { Name = "vm3" }] };
        Assert.That(NvdimmPolicy.Check(request).Findings.Single()["VmNames"], Is.EqualTo("vm1,vm2"));
    }

    private static PolicyRequest Affine(VmAffinity affinity) => Migrate.OnVm(vm => vm with { Affinity = affinity });
}
