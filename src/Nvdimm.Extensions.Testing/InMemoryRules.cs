using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Faults;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Testing;

/// <summary>What the engine itself checks, and nothing more: where it has a gap (oVirt Engine 4.5), so has this.</summary>
internal static class InMemoryRules
{
    private static readonly Dictionary<NvdimmOperation, string[]> Asked = new()
    {
        [NvdimmOperation.Attach] = Command,
        [NvdimmOperation.Detach] = Command,
        [NvdimmOperation.Start] = [EngineCodes.HostDeviceNotAvailable],
        [NvdimmOperation.Hibernate] = [EngineCodes.VmHasAttachedNvdimmDevices],
        [NvdimmOperation.SnapshotWithMemory] = [EngineCodes.VmHasAttachedNvdimmDevices],
        [NvdimmOperation.Migrate] = [EngineCodes.VmIsPinnedToHost, EngineCodes.VmIsNonMigratable],
    };

    private static string[] Command =>
    [
        EngineCodes.VmStatusIllegal, EngineCodes.VmNotPinnedToHost, EngineCodes.VmPinnedToMultipleHosts,
        EngineCodes.HostDeviceNotFound, EngineCodes.NumaUnavailable,
    ];

    /// <summary>Refuses as the engine does.</summary>
    /// <param name="description">What is asked, for the exception.</param>
    /// <param name="request">The operation.</param>
    /// <exception cref="OvirtException">The engine refuses.</exception>
    public static void Check(string description, PolicyRequest request)
    {
        var violations = NvdimmPolicy.Evaluate(request).Violations.Where(violation => Asked[request.Operation].Contains(violation.Code)).ToArray();
        if (violations.Length > 0)
        {
            throw Refused(description, EngineFault.Of(violations));
        }
    }

    /// <summary>A fault as the client throws it.</summary>
    public static OvirtException Refused(string description, EngineFault fault) =>
        new(description, OvirtFailure.Refused, fault.Detail) { Status = fault.Status, Reason = fault.Reason };

    /// <summary>A VM as the policy takes it.</summary>
    public static VmDescription Describe(InMemoryVm vm) => new()
    {
        Name = vm.Vm.Name,
        Status = vm.Vm.Status,
        Affinity = vm.Vm.Affinity,
        PinnedHosts = vm.Vm.PinnedHostIds,
        NumaNodes = vm.Vm.StartNodes(vm.NumaNodes),
        Nvdimms = vm.HostDevices.Select(name => new AttachedNvdimm(name)).ToValueList(),
    };

    /// <summary>A host as the policy takes it.</summary>
    public static HostDescription Describe(OvirtHost host, IEnumerable<string> devices) => new()
    {
        Name = host.Id,
        Devices = devices.Select(name => new NvdimmDevice { Name = name }).ToValueList(),
    };
}
