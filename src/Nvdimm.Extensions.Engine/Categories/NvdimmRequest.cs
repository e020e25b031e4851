using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A request of the registry in the words of the policy.</summary>
/// <param name="Policy">What the policy is asked.</param>
/// <param name="Listing">The host's listing; null where nothing is known of the host.</param>
internal sealed record NvdimmRequest(PolicyRequest Policy, NvdimmHostDeviceListing? Listing)
{
    private static readonly NvdimmOperation[] NeedDevices =
        [NvdimmOperation.Attach, NvdimmOperation.HotPlug, NvdimmOperation.Start, NvdimmOperation.MemoryHotPlug];

    /// <summary>Translates.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    public static NvdimmRequest Of(HostDeviceRequest request, NvdimmCategoryOptions options, NvdimmOperation operation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var listing = request.Listing is null ? null : Own(request.Listing);
        var vms = new NvdimmVms(listing is null ? [] : [listing]);
        var described = request.OtherVms.Select(other => other.Id).ToHashSet(StringComparer.Ordinal);
        if (request.Vm is not null)
        {
            described.Add(request.Vm.Id);
        }

        return new NvdimmRequest(
            new PolicyRequest
            {
                Operation = operation,
                Vm = request.Vm is null ? null : vms.Of(request.Vm),
                Devices = request.Devices,
                Host = listing?.Description,
                OtherVms = request.OtherVms.Select(vms.Of).Concat(vms.OthersThan(described)).ToValueList(),
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

    /// <summary>The policy's verdict; where devices are needed and nothing is known of them, that too.</summary>
    public PolicyVerdict Evaluate()
    {
        var verdict = NvdimmPolicy.Evaluate(Policy);
        return NeedDevices.Contains(Policy.Operation) && (Policy.Operation is NvdimmOperation.Attach or NvdimmOperation.HotPlug || Policy.Vm?.Nvdimms.Count > 0)
            ? new PolicyVerdict([.. verdict.Violations, .. Unknown(verdict)])
            : verdict;
    }

    /// <summary>
    /// That nothing is known of the host. It is not said of a VM that is refused for not being pinned to exactly one: there is none to ask.
    /// </summary>
    private IEnumerable<Finding> Unknown(PolicyVerdict verdict) => Listing is not null
        ? Listing.Findings.Where(finding => finding.Severity == Severity.Error)
        : verdict.IsAllowed || Policy.Vm is { PinnedHosts.Count: 1 }
            ? [NvdimmListings.UnavailableBecause(Policy.Vm?.PinnedHosts is [var pinned, ..] ? pinned : "the host", "it was not asked")]
            : [];
}
