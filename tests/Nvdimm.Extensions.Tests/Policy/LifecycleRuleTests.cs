using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Extensions.NvdimmCodes;
using static Nvdimm.Extensions.Tests.Policy.PolicySamples;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>Slots and sizes, and what the engine allows although an NVDIMM suffers from it.</summary>
public sealed class LifecycleRuleTests
{
    private static readonly PolicyRequest MemoryHotPlug = Of(HostDeviceOperation.MemoryHotPlug);
    private static readonly PolicyRequest ChangePinning = Of(HostDeviceOperation.ChangePinning);
    private static readonly PolicyRequest Clone = Of(HostDeviceOperation.Clone);
    private static readonly PolicyRequest Import = Of(HostDeviceOperation.Import);
    private static readonly PolicyRequest Template = Of(HostDeviceOperation.Template);
    private static readonly PolicyRequest HotPlug = Attach with { Operation = HostDeviceOperation.HotPlug };
    private static readonly PolicyRequest HotUnplug = Detach with { Operation = HostDeviceOperation.HotUnplug };

    /// <summary>An exported configuration knows a device by its name only, whatever bears it on the host by then.</summary>
    private static readonly PolicyCase[] ImportCases =
    [
        new("import, nobody else has it", Import),
        new("import, the original has it", Import.Shared(), UsedByOtherVm),
        new("import, the original runs", Import.Shared(VmStatus.Up), UsedByOtherVm),
        new("import without pinning: the engine drops it", Import.Shared().OnVm(vm => vm with { PinnedHosts = [] })),
        new("import, pinned to two hosts: the engine drops it", Import.Shared().OnVm(vm => vm with { PinnedHosts = ["host1", "host2"] })),
        new("import without NVDIMM", Import.Shared() with { Vm = Vm }),
    ];

    private static readonly PolicyCase[] SlotCases =
    [
        new("attach, last slot", WithSlots(Attach, 15)),
        new("attach, no slot", WithSlots(Attach, 16), NoMemorySlot),
        new("attach twice the same, last slot", WithSlots(Attach, 15) with { Devices = [Name, Name] }),
        new("attach again, last slot", WithSlots(Attach with { Vm = VmWithNvdimm }, 15), AlreadyAttached),
        new("attach two, one slot", WithSlots(Attach, 15) with { Devices = [Name, "namespace1.0"], OtherVms = [] }, NoMemorySlot),
        new(
            "attach a second, one slot in all",
            WithSlots(Attach with { Vm = VmWithNvdimm }, 15) with { Devices = ["namespace1.0"], OtherVms = [] },
            NoMemorySlot),
        new("detach, no slot", WithSlots(Detach, 16)),
        new("start, last slot", WithSlots(Start, 15)),
        new("start, no slot", WithSlots(Start, 16), NoMemorySlot),
        new("start, absurd count", WithSlots(Start, int.MaxValue), NoMemorySlot),
        new("memory hot plug, last slot", WithSlots(MemoryHotPlug, 14)),
        new("memory hot plug, no slot", WithSlots(MemoryHotPlug, 15), NoMemorySlot),
        new("memory hot plug without NVDIMMs, no slot", WithSlots(MemoryHotPlug with { Vm = Vm }, 16)),
    ];

    private static readonly PolicyCase[] SizeCases =
    [
        new("attach, aligned", Attach),
        new("attach, misaligned", Misaligned(Attach), HotPlugMisaligned),
        new("start, misaligned", Misaligned(Start), HotPlugMisaligned),
        new("detach, misaligned", Misaligned(Detach)),
        new("memory hot plug, aligned", MemoryHotPlug),
        new("start, 64 GiB of RAM", Start.OnVm(vm => vm with { Memory = ByteSize.FromGiB(64) }), HotPlugMisaligned),
        new("start, 60 GiB of RAM", Start.OnVm(vm => vm with { Memory = ByteSize.FromGiB(60) })),
        new("memory hot plug, 64 GiB of RAM", MemoryHotPlug.OnVm(vm => vm with { Memory = ByteSize.FromGiB(64) }), MemoryHotPlugMisaligned),
        new("attach, fewer slots", Attach.OnVm(vm => vm with { MemorySlots = 2, MemoryDevices = 2 }), NvdimmCodes.NoMemorySlot),
        new("attach, just enough slots", Attach.OnVm(vm => vm with { MemorySlots = 3, MemoryDevices = 2 })),
        new(
            "hot plug is asked what attaching is asked",
            (Attach with { Operation = HostDeviceOperation.HotPlug }).OnVm(vm => vm with { PinnedHosts = [], MemorySlots = 0 }).OnDevice(device => device with { Size = ByteSize.FromMiB(1) }),
            EngineCodes.VmNotPinnedToHost,
            NvdimmCodes.NoMemorySlot,
            NvdimmCodes.SizeRefused,
            NvdimmCodes.HotPlugUnsupported),
        new("memory hot plug, misaligned", Misaligned(MemoryHotPlug), MemoryHotPlugMisaligned),
        new("memory hot plug, misaligned, not attached", Misaligned(MemoryHotPlug) with { Vm = Vm }),
        new("memory hot plug, size unknown", MemoryHotPlug.OnDevice(device => device with { Size = null }), NvdimmCodes.MemoryHotPlugUnknown),
        new(
            "memory hot plug, no host known",
            MemoryHotPlug with { Host = null },
            NvdimmCodes.MemoryHotPlugUnknown,
            NvdimmCodes.InventoryUnavailable),
        new("largest strategy is aligned", Misaligned(Start) with { Strategy = SizingStrategy.Largest }),
        new("unsupported architecture", Attach.OnVm(vm => vm with { Architecture = GuestArchitecture.FromName("s390x") }), SizeRefused),
        new("POWER", Power(Attach)),
        new("attach on POWER without uuid", Power(Attach).OnDevice(device => device with { Uuid = null }), NoStableIdentity, NoStableGuestUuid),
        new("start on POWER without uuid", Power(Unnoted).OnDevice(device => device with { Uuid = null }), NoStableIdentity, NoStableGuestUuid),
    ];

    private static readonly PolicyCase[] NodeCases =
    [
        new("first guest node is elsewhere, second is right", Nodes(Attach, new GuestNumaNode(0, [1]), new GuestNumaNode(1, [0]))),
        new("attach, guest node unpinned", Nodes(Attach, new GuestNumaNode(0, [])), NumaMismatch),
        new("start, guest node on two host nodes", Nodes(Start, new GuestNumaNode(0, [0, 1])), NumaMismatch),
        new("detach, guest node unpinned", Nodes(Detach, new GuestNumaNode(0, []))),
    ];

    private static readonly PolicyCase[] GapCases =
    [
        new("snapshot", Of(HostDeviceOperation.Snapshot), ContentNotInSnapshot),
        new("snapshot without NVDIMMs", Of(HostDeviceOperation.Snapshot) with { Vm = Vm }),
        new("snapshot of two", WithTwo(Of(HostDeviceOperation.Snapshot)), ContentNotInSnapshot, ContentNotInSnapshot),
        new("restore", Of(HostDeviceOperation.SnapshotRestore), ContentNotReverted),
        new("restore without NVDIMMs", Of(HostDeviceOperation.SnapshotRestore) with { Vm = Vm }),
        new("restore of two", WithTwo(Of(HostDeviceOperation.SnapshotRestore)), ContentNotReverted, ContentNotReverted),
        new("pinning to another host", ChangePinning with { NewPinnedHosts = ["host2"] }, PinningChangeDetaches),
        new("pinning to one more host", ChangePinning with { NewPinnedHosts = ["host1", "host2"] }, PinningChangeDetaches),
        new("pinning to none", ChangePinning with { NewPinnedHosts = [] }, PinningChangeDetaches),
        new("pinning to the same", ChangePinning with { NewPinnedHosts = ["host1"] }),
        new(
            "pinning to the same in another order",
            ChangePinning.OnVm(vm => vm with { PinnedHosts = ["host2", "host1"] }) with { NewPinnedHosts = ["host1", "host2"] }),
        new("pinning without NVDIMMs", ChangePinning with { Vm = Vm, NewPinnedHosts = ["host2"] }),
        new("clone", Clone, CloneSharesDevice),
        new("clone, pinned elsewhere", Clone with { CopyIsPinnedElsewhere = true }),
        new("clone without NVDIMMs", Clone with { Vm = Vm }),
        new("template", Template, CloneSharesDevice),
        new("template, pinned elsewhere", Template with { CopyIsPinnedElsewhere = true }),
        new("template without NVDIMMs", Template with { Vm = Vm }),
        new("hot plug, VM up", HotPlug.OnVm(vm => vm with { Status = VmStatus.Up }), EngineCodes.VmStatusIllegal, HotPlugUnsupported),
        new("hot plug, VM down", HotPlug, HotPlugUnsupported),
        new("hot unplug, VM up", HotUnplug.OnVm(vm => vm with { Status = VmStatus.Up }), EngineCodes.VmStatusIllegal, HotUnplugUnsupported),
        new("hot unplug, VM down", HotUnplug, HotUnplugUnsupported),
        new("memory hot plug without NVDIMMs", MemoryHotPlug with { Vm = Vm }),
        new("detach by the user-given name", Detach.OnDevice(device => device with { Label = "data" }) with { Devices = ["data"] }),
        new("detach by uuid, renumbered", Renumbered, EngineCodes.HostDeviceNotFound, DetachBlockedByEngine),
        new("detach what is not attached from an unpinned VM", Detach with { Vm = Vm with { PinnedHosts = [] } }, EngineCodes.VmNotPinnedToHost, NvdimmCodes.NotAttached),
    ];

    private static PolicyRequest Unnoted => Start.OnVm(vm => vm with { Nvdimms = [new(Name)] });

    private static PolicyRequest Renumbered =>
        Detach.OnDevice(device => device with { Name = "namespace7.0" }) with { Devices = [$"{Uuid}"] };

    [TestCaseSource(nameof(ImportCases))]
    public void Import_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(SlotCases))]
    public void Slots_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(SizeCases))]
    public void Sizes_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(NodeCases))]
    public void Nodes_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(GapCases))]
    public void Gaps_Codes(PolicyCase row) => row.Check();

    private static PolicyRequest WithSlots(PolicyRequest request, int memoryDevices) => request.OnVm(vm => vm with { MemoryDevices = memoryDevices });

    private static PolicyRequest WithTwo(PolicyRequest request) =>
        request.OnVm(vm => vm with { Nvdimms = [.. vm.Nvdimms, new("namespace1.0", OtherUuid)] });

    private static PolicyRequest Nodes(PolicyRequest request, params GuestNumaNode[] nodes) => request.OnVm(vm => vm with { NumaNodes = [.. nodes] });

    /// <summary>640 MiB: two hot-plug blocks of POWER and a label.</summary>
    private static PolicyRequest Power(PolicyRequest request) => request
        .OnVm(vm => vm with { Architecture = GuestArchitecture.Ppc64Le })
        .OnDevice(device => device with { Mode = NamespaceMode.Fsdax, Size = ByteSize.FromMiB(640) });

    /// <summary>4 KiB: the guest gets 385.875 MiB, beside which no plugged memory comes online.</summary>
    private static PolicyRequest Misaligned(PolicyRequest request) =>
        request.OnDevice(device => device with { Mode = NamespaceMode.Fsdax, Align = Alignment.FromKiB(4) });
}
