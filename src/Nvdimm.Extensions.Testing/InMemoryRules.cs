using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Faults;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Testing;

/// <summary>The engine's own checks, and no others: what oVirt Engine 4.5 does not check is not checked here either.</summary>
internal static class InMemoryRules
{
    private static readonly Dictionary<HostDeviceOperation, string[]> Asked = new()
    {
        [HostDeviceOperation.Attach] = Command,
        [HostDeviceOperation.Detach] = Command,
        [HostDeviceOperation.Start] = [EngineCodes.HostDeviceNotAvailable],
        [HostDeviceOperation.Hibernate] = [EngineCodes.VmHasAttachedNvdimmDevices],
        [HostDeviceOperation.SnapshotWithMemory] = [EngineCodes.VmHasAttachedNvdimmDevices],
        [HostDeviceOperation.Migrate] = [EngineCodes.VmIsPinnedToHost, EngineCodes.VmIsNonMigratable],
    };

    private static string[] Command =>
    [
        EngineCodes.VmStatusIllegal, EngineCodes.VmNotPinnedToHost, EngineCodes.VmPinnedToMultipleHosts,
        EngineCodes.HostDeviceNotFound, EngineCodes.NumaUnavailable,
    ];

    /// <summary>Throws if the engine would refuse.</summary>
    /// <param name="description">The request, for the exception.</param>
    /// <param name="request">The operation.</param>
    /// <exception cref="OvirtException">The engine refuses.</exception>
    public static void Check(string description, PolicyRequest request)
    {
        var findings = NvdimmPolicy.Check(request).Findings
            .Where(finding => Asked[request.Operation].Contains(finding.Code))
            .ToArray();
        if (findings.Length > 0)
        {
            throw Refused(description, EngineFault.Of(findings));
        }
    }

    /// <summary>Creates the exception that the client throws for a fault.</summary>
    public static OvirtException Refused(string description, EngineFault fault) =>
        new(description, OvirtFailure.Refused, fault.Detail) { Status = fault.Status, Reason = fault.Reason };

    /// <summary>Converts a VM to the policy's type.</summary>
    public static VmDescription Describe(InMemoryVm vm) => new()
    {
        Name = vm.Vm.Name,
        Status = vm.Vm.Status,
        Affinity = vm.Vm.Affinity,
        PinnedHosts = vm.Vm.PinnedHostIds,
        NumaNodes = vm.Vm.StartNodes(vm.NumaNodes),
        Nvdimms = vm.HostDevices.Select(name => new AttachedNvdimm(name)).ToValueList(),
    };

    /// <summary>Converts a host to the policy's type.</summary>
    public static HostDescription Describe(OvirtHost host, IEnumerable<string> devices) => new()
    {
        Name = host.Id,
        Devices = devices.Select(name => new NvdimmDevice { Name = name }).ToValueList(),
    };
}
