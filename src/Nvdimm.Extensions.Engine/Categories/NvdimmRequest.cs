using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A request of the registry in the words of the policy.</summary>
/// <param name="Policy">What the policy is asked.</param>
/// <param name="Listing">The host's listing; null where nothing is known of the host.</param>
internal sealed record NvdimmRequest(PolicyRequest Policy, NvdimmHostDeviceListing? Listing)
{
    private static readonly NvdimmOperation[] NeedDevices = [NvdimmOperation.Attach, NvdimmOperation.HotPlug, NvdimmOperation.Start];

    /// <summary>Translates.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    public static NvdimmRequest Of(HostDeviceRequest request, NvdimmCategoryOptions options, NvdimmOperation operation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var listing = request.Listing is null ? null : Own(request.Listing);
        return new NvdimmRequest(
            new PolicyRequest
            {
                Operation = operation,
                Vm = request.Vm is null ? null : Vm(request.Vm),
                Devices = request.Devices,
                Host = listing?.Description,
                OtherVms = request.OtherVms.Select(Vm).ToValueList(),
                Strategy = options.Strategy,
                ForceMigration = request.ForceMigration,
                NewPinnedHosts = request.NewPinnedHosts.Select(host => host.Name).ToValueList(),
                CopyIsPinnedElsewhere = request.CopyIsPinnedElsewhere,
            },
            listing);
    }

    /// <summary>A listing of this category.</summary>
    /// <exception cref="ArgumentException">It is of another.</exception>
    public static NvdimmHostDeviceListing Own(HostDeviceListing listing) =>
        listing as NvdimmHostDeviceListing ?? throw new ArgumentException($"The listing is of the category '{listing.Capability}'", nameof(listing));

    /// <summary>A VM as the policy takes it.</summary>
    public static VmDescription Vm(ManagedVm vm) => new()
    {
        Name = vm.Name,
        Architecture = vm.Architecture,
        Status = vm.Status,
        Affinity = vm.Affinity,
        PinnedHosts = vm.PinnedHosts.Select(host => host.Name).ToValueList(),
        NumaNodes = vm.NumaNodes,
        Memory = vm.Memory,
        MaxMemory = vm.MaxMemory,
        MemoryDevices = vm.MemoryDevices,
        Nvdimms = Nvdimms(vm.HostDevices),
        ExpectedNvdimms = vm.ExpectedHostDevices is { } expected ? Nvdimms(expected) : null,
    };

    /// <summary>The policy's verdict; where devices are needed and nothing is known of them, that too.</summary>
    public PolicyVerdict Evaluate()
    {
        var verdict = NvdimmPolicy.Evaluate(Policy);
        return NeedDevices.Contains(Policy.Operation) && (Policy.Operation != NvdimmOperation.Start || Policy.Vm?.Nvdimms.Count > 0)
            ? new PolicyVerdict([.. verdict.Violations, .. Unknown(verdict)])
            : verdict;
    }

    private static ValueList<AttachedNvdimm> Nvdimms(ValueList<AttachedHostDevice> devices) => devices
        .Where(device => string.Equals(device.Capability, NvdimmCategory.CapabilityName, StringComparison.Ordinal))
        .Select(device => new AttachedNvdimm(device.Name, Guid.TryParseExact(device.Identity, "D", out var uuid) ? uuid : null))
        .ToValueList();

    /// <summary>
    /// That nothing is known of the host. It is not said of a VM that is refused for not being pinned to exactly one: there is none to ask.
    /// </summary>
    private IEnumerable<Finding> Unknown(PolicyVerdict verdict) => Listing is not null
        ? Listing.Findings.Where(finding => finding.Severity == Severity.Error)
        : verdict.IsAllowed || Policy.Vm is { PinnedHosts.Count: 1 }
            ? [NvdimmListings.UnavailableBecause(Policy.Vm?.PinnedHosts is [var pinned, ..] ? pinned : "the host", "it was not asked")]
            : [];
}
