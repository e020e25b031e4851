using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>
/// The category <c>nvdimm</c>: lists the namespaces of hosts, checks oVirt's policy and ours, and computes the sizes that libvirt and QEMU
/// use. Safe for use by several threads.
/// </summary>
/// <param name="inventory">Reads the NVDIMMs of hosts.</param>
/// <param name="options">The options of the category; null for the defaults.</param>
/// <param name="logger">Logs refusals, and hosts that cannot be read; null for no log.</param>
/// <exception cref="ArgumentNullException"><paramref name="inventory"/> is null.</exception>
public sealed class NvdimmCategory(
    INvdimmInventory inventory, NvdimmCategoryOptions? options = null, ILogger<NvdimmCategory>? logger = null) : IHostDeviceCategory
{
    /// <summary>The capability of the category, <c>nvdimm</c>, as the oVirt API spells it.</summary>
    public const string CapabilityName = "nvdimm";

    private readonly INvdimmInventory inventory = NullArgument.Checked(inventory, nameof(inventory));
    private readonly NvdimmCategoryOptions options = options ?? new NvdimmCategoryOptions();
    private readonly ILogger logger = logger ?? NullLogger<NvdimmCategory>.Instance;

    /// <inheritdoc/>
    public string Capability => CapabilityName;

    /// <inheritdoc/>
    public string Title => "NVDIMM";

    /// <inheritdoc/>
    public async Task<HostDeviceListing> ListAsync(
        HostReference host, IReadOnlyCollection<ReportedHostDevice>? reported = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            return NvdimmListings.Of(host, await inventory.ReadAsync(host, cancellationToken).ConfigureAwait(false), reported);
        }
        catch (NvdimmInventoryException unavailable)
        {
            CategoryLog.Unavailable(logger, host.Name, unavailable.Reason);
            return NvdimmListings.Unavailable(host, unavailable.Reason, reported);
        }
    }

    /// <inheritdoc/>
    public ValueList<HostDeviceAvailability> Availability(
        HostDeviceListing listing, IReadOnlyCollection<ManagedVm> vms, GuestArchitecture architecture = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(vms);
        return NvdimmAvailability.Of(NvdimmRequest.Own(listing, nameof(listing)), vms, architecture, options.Strategy);
    }

    /// <inheritdoc/>
    public AttachmentPreview Preview(HostDeviceRequest request)
    {
        var preview = NvdimmPreview.Of(NvdimmRequest.Of(request, options, HostDeviceOperation.Attach));
        if (!preview.IsAllowed)
        {
            CategoryLog.PreviewRefused(logger, string.Join(", ", request.Devices), request.Vm?.Id ?? "", Reasons(preview.Findings));
        }

        return preview;
    }

    /// <inheritdoc/>
    public PolicyResult Check(HostDeviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var result = NvdimmRequest.Of(request, options, request.Operation).Check();
        if (!result.IsAllowed)
        {
            CategoryLog.Refused(logger, request.Operation.ToString(), request.Vm?.Id ?? "", Reasons(result.Findings));
        }

        return result;
    }

    /// <inheritdoc/>
    public ValueList<OwnHostDevice> Find(HostDeviceRequest request)
    {
        var policy = NvdimmRequest.Of(request, options, HostDeviceOperation.Detach).Policy;
        var configured = policy.Vm is null ? [] : OwnNvdimms.Of(policy.Vm, policy.Host).Configured;
        return NvdimmPolicy.OwnOf(policy)
            .Select(own => (Device: AttachmentOf(request.Vm!, own), IsConfigured: configured.Contains(own)))
            .Select(own => new OwnHostDevice(own.IsConfigured ? Here(request.Vm!, own.Device) : own.Device, own.IsConfigured))
            .Distinct()
            .ToValueList();
    }

    /// <inheritdoc/>
    public bool IsSame(AttachedHostDevice one, AttachedHostDevice other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return NvdimmAttachments.IsSame(one, other);
    }

    /// <inheritdoc/>
    public DomainXmlResult AddToDomain(string domainXml, HostDeviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        ArgumentNullException.ThrowIfNull(request);
        var vm = request.Vm ?? throw new ArgumentException("There is no VM", nameof(request));
        var edited = NvdimmDomain.Add(domainXml, NvdimmRequest.Of(request, options, HostDeviceOperation.Start));
        if (edited.IsRefused)
        {
            CategoryLog.Refused(logger, nameof(HostDeviceOperation.Start), vm.Id, Reasons(edited.Findings));
        }

        return edited;
    }

    /// <inheritdoc/>
    public ValueList<AuditFinding> Audit(HostDeviceAudit inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return new NvdimmAudit(inventory).Findings();
    }

    private static string Reasons(ValueList<Finding> findings) =>
        string.Join(" ", findings.Where(finding => finding.Severity == Severity.Error));

    /// <summary>Converts an attachment to the registry's type, with its known identity.</summary>
    private static AttachedHostDevice AttachmentOf(ManagedVm vm, AttachedNvdimm own) =>
        (vm.ExpectedHostDevices ?? []).Concat(vm.HostDevices).FirstOrDefault(device => IsOf(device, own))
        ?? new AttachedHostDevice(CapabilityName, own.Name, own.UnreadIdentity ?? own.Uuid?.ToString("D"));

    /// <summary>
    /// Adds the VM's host to an attachment that has no record: its name is not that of a device of another host, which the record may have.
    /// </summary>
    private static AttachedHostDevice Here(ManagedVm vm, AttachedHostDevice device) =>
        device is { HostId: null, Identity: null }
            && vm.PinnedHosts.Select(host => host.Id).Distinct(StringComparer.Ordinal).ToArray() is [var id]
            ? device with { HostId = id }
            : device;

    private static bool IsOf(AttachedHostDevice device, AttachedNvdimm own) => NvdimmAttachments.IsOurs(device)
        && string.Equals(device.Name, own.Name, StringComparison.Ordinal)
        && NvdimmAttachments.ById(device) is var attached && attached.Uuid == own.Uuid && attached.UnreadIdentity == own.UnreadIdentity;
}

/// <summary>The options of the category <c>nvdimm</c>.</summary>
public sealed record NvdimmCategoryOptions
{
    /// <summary>
    /// How to choose target sizes. Default: as oVirt does. A device must always be started with the strategy of its first use.
    /// </summary>
    public SizingStrategy Strategy { get; init => field = EnumArgument.Checked(value, last: SizingStrategy.Largest); }
}
