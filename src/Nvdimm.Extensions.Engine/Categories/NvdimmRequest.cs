using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>A request of the registry, converted to the policy's types.</summary>
/// <param name="Policy">The request for the policy.</param>
/// <param name="Listing">The host's listing; null if nothing is known of the host.</param>
internal sealed record NvdimmRequest(PolicyRequest Policy, NvdimmHostDeviceListing? Listing)
{
    private static readonly HostDeviceOperation[] NeedDevices =
        [HostDeviceOperation.Attach, HostDeviceOperation.HotPlug, HostDeviceOperation.Start, HostDeviceOperation.MemoryHotPlug];

    /// <summary>Converts a request.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    public static NvdimmRequest Of(HostDeviceRequest request, NvdimmCategoryOptions options, HostDeviceOperation operation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var listing = request.Listing is null ? null : Own(request.Listing, nameof(request));
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
                OtherVms = request.OtherVms.Select(vms.Of).Concat(vms.Except(described)).ToValueList(),
                Strategy = options.Strategy,
                ForceMigration = request.ForceMigration,
                NewPinnedHosts = request.NewPinnedHosts.Select(host => host.Name).ToValueList(),
                CopyIsPinnedElsewhere = request.CopyIsPinnedElsewhere,
            },
            listing);
    }

    /// <summary>Casts a listing to the type of this category.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="argument">The name of the caller's argument that has the listing.</param>
    /// <exception cref="ArgumentException">The listing is of another category.</exception>
    public static NvdimmHostDeviceListing Own(HostDeviceListing listing, string argument) =>
        listing as NvdimmHostDeviceListing ?? throw new ArgumentException(
            $"The listing is a {listing.GetType().Name} of the category '{listing.Capability}'; pass one of {nameof(NvdimmCategory)}",
            argument);

    /// <summary>
    /// Checks the policy. If the operation needs the host's devices, the result has the errors of the listing, too.
    /// </summary>
    public PolicyResult Check()
    {
        var result = NvdimmPolicy.Check(Policy);
        var isAdding = Policy.Operation is HostDeviceOperation.Attach or HostDeviceOperation.HotPlug;
        var errors = (Listing?.Findings ?? []).Where(finding => finding.Severity == Severity.Error);
        return NeedDevices.Contains(Policy.Operation) && (isAdding || Policy.Vm?.Nvdimms.Count > 0)
            ? new PolicyResult([.. result.Findings, .. errors])
            : result;
    }
}
