using CsCheck;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>What holds for any request, however odd.</summary>
public sealed class PolicyPropertyTests
{
    private static readonly Gen<string> Names = Gen.OneOf("namespace0.0", "namespace0.1", "data", $"{PolicySamples.Uuid}", string.Empty);
    private static readonly Gen<Guid?> Uuids = Gen.OneOf<Guid?>(null, PolicySamples.Uuid, PolicySamples.OtherUuid);
    private static readonly Gen<ValueList<string>> Hosts = Gen.OneOf("host1", "host2").List[0, 2].Select(names => names.ToValueList());
    private static readonly Gen<int?> Nodes = Gen.OneOf<int?>(null, 0, 1);

    private static readonly Gen<ByteSize?> Sizes = Gen.OneOf(
        Gen.Const((ByteSize?)null),
        Gen.Long[0, long.MaxValue].Select(bytes => (ByteSize?)ByteSize.FromBytes(bytes)),
        Gen.Long[0, 2048].Select(mebibytes => (ByteSize?)ByteSize.FromMiB(mebibytes)));

    private static readonly Gen<Alignment?> Aligns = Gen.OneOf<Alignment?>(
        null, Alignment.FromKiB(4), Alignment.FromMiB(2), Alignment.FromMiB(1024), Alignment.FromBytes(3), Alignment.FromBytes(long.MaxValue));

    private static readonly Gen<Finding> Findings = Gen.OneOf(
        Finding.Error(NvdimmCodes.NoDevicePath),
        Finding.Error(NvdimmCodes.ReadOnly),
        Finding.Error(NvdimmCodes.InUseByHost, ("use", "swap")),
        Finding.Warning(NvdimmCodes.HostUseUnknown),
        Finding.Warning(NvdimmCodes.BadBlocks));

    private static readonly Gen<DeviceUse?> Uses = Gen.OneOf(null, DeviceUse.Free, new DeviceUse(IsReadOnly: true, ["mounted on /data"]));

    private static readonly Gen<NvdimmDevice> Devices =
        from name in Names
        from uuid in Uuids
        from mode in Gen.Enum<NamespaceMode>()
        from size in Sizes
        from align in Aligns
        from node in Nodes
        from path in Gen.OneOf(null, "/dev/pmem0", "/dev/dax0.0")
        from findings in Findings.List[0, 3]
        from use in Uses
        from bad in Gen.Long[0, 2]
        select new NvdimmDevice
        {
            Name = name,
            Uuid = uuid,
            Label = "data",
            Mode = mode,
            Size = size,
            Align = align,
            NumaNode = node,
            Path = path,
            Findings = findings.ToValueList(),
            Use = use,
            BadBlockCount = bad,
        };

    private static readonly Gen<ValueList<AttachedNvdimm>> Attachments =
        Gen.Select(Names, Uuids, (name, uuid) => new AttachedNvdimm(name, uuid)).List[0, 3].Select(list => list.ToValueList());

    private static readonly Gen<VmDescription> Vms =
        from name in Gen.OneOf("vm1", "vm2")
        from architecture in Gen.OneOf("x86_64", "ppc64le", "s390x").Select(GuestArchitecture.FromName)
        from status in Gen.Enum<VmStatus>()
        from affinity in Gen.Enum<VmAffinity>()
        from hosts in Hosts
        from nodes in Gen.OneOf<ValueList<GuestNumaNode>>([], [new(0, [0])], [new(0, []), new(1, [0, 1])])
        from memoryDevices in Gen.OneOf(0, 15, 16, -1, int.MaxValue, int.MinValue)
        from nvdimms in Attachments
        from expected in Attachments.Null()
        from used in Attachments
        select new VmDescription
        {
            Name = name,
            Architecture = architecture,
            Status = status,
            Affinity = affinity,
            PinnedHosts = hosts,
            NumaNodes = nodes,
            MemoryDevices = memoryDevices,
            Nvdimms = nvdimms,
            ExpectedNvdimms = expected,
            UsedNvdimms = used,
        };

    private static readonly Gen<HostDescription> HostDescriptions =
        from name in Gen.OneOf(null, "host1", "host2")
        from devices in Devices.List[0, 3]
        from isComplete in Gen.Bool
        from selinux in Gen.Enum<SelinuxState>()
        select new HostDescription { Name = name, Devices = devices.ToValueList(), IsComplete = isComplete, Selinux = selinux };

    private static readonly Gen<PolicyRequest> Requests =
        from operation in Gen.Enum<HostDeviceOperation>()
        from vm in Vms.Null()
        from host in HostDescriptions.Null()
        from devices in Names.List[0, 3]
        from others in Vms.List[0, 2]
        from strategy in Gen.Enum<SizingStrategy>()
        from force in Gen.Bool
        from newHosts in Hosts
        from elsewhere in Gen.Bool
        select new PolicyRequest
        {
            Operation = operation,
            Vm = vm,
            Host = host,
            Devices = devices.ToValueList(),
            OtherVms = others.ToValueList(),
            Strategy = strategy,
            ForceMigration = force,
            NewPinnedHosts = newHosts,
            CopyIsPinnedElsewhere = elsewhere,
        };

    [Test]
    public void Evaluate_AnyRequest() => Requests.Sample(
        request =>
        {
            var verdict = NvdimmPolicy.Check(request);
            var order = verdict.Findings.Select(finding => IndexOf(finding.Code)).ToList();
            return order.SequenceEqual(order.Order())
                && verdict.IsAllowed == verdict.Findings.All(finding => finding.Severity == Severity.Warning)
                && verdict.Findings.All(finding => IsOfItsRule(finding, request.Operation));
        },
        iter: 5_000);

    /// <summary>Whatever else is known or not: a VM with NVDIMMs is neither saved nor moved, and one without is as the engine says.</summary>
    [Test]
    public void Evaluate_SaveOrMove() => Requests.Sample(
        request =>
        {
            var isSaved = request is { Operation: HostDeviceOperation.Migrate or HostDeviceOperation.Hibernate or HostDeviceOperation.SnapshotWithMemory };
            return !isSaved || request.Vm is null || NvdimmPolicy.Check(request).IsAllowed == IsHarmless(request, request.Vm);
        },
        iter: 5_000);

    /// <summary>A VM without NVDIMMs, of which nobody expects any, starts without a word.</summary>
    [Test]
    public void Start_WithoutNvdimms() => Requests.Sample(
        request =>
        {
            var vm = (request.Vm ?? PolicySamples.Vm) with { Nvdimms = [], ExpectedNvdimms = null, UsedNvdimms = [] };
            return NvdimmPolicy.Check(request with { Operation = HostDeviceOperation.Start, Vm = vm }).Findings.Count == 0;
        },
        iter: 2_000);

    private static bool IsWithout(VmDescription vm) =>
        vm.Nvdimms.Count == 0 && vm.ExpectedNvdimms is not { Count: > 0 } && (vm.Status == VmStatus.Down || vm.UsedNvdimms.Count == 0);

    private static bool IsHarmless(PolicyRequest request, VmDescription vm) => IsWithout(vm)
        && (request.Operation != HostDeviceOperation.Migrate
            || vm.Affinity == VmAffinity.Migratable
            || (vm.Affinity == VmAffinity.UserMigratable && request.ForceMigration));

    private static bool IsOfItsRule(Finding finding, HostDeviceOperation operation)
    {
        var rule = NvdimmPolicy.Rules[IndexOf(finding.Code)];
        return rule.Severity == finding.Severity
            && rule.Operations.Contains(operation)
            && FindingTexts.Template(finding.Code) is not null
            && !finding.Message.Contains("${", StringComparison.Ordinal);
    }

    private static int IndexOf(string code) => NvdimmPolicy.Rules.Select(rule => rule.Code).ToList().IndexOf(code);
}
