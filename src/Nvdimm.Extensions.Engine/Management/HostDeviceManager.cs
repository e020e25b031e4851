using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Faults;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Manages the host devices of one category through <see cref="IOvirtEngine"/>. Safe for use by several threads.
/// </summary>
public sealed class HostDeviceManager : IHostDeviceManager
{
    private readonly IOvirtEngine engine;
    private readonly HostDeviceManagerOptions options;
    private readonly EngineReader reader;
    private readonly HostDeviceChanges changes;

    /// <summary>Creates a manager.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="category">The category.</param>
    /// <param name="records">
    /// The attachment records. If null, the manager cannot notice that an attachment vanished or that a name stands for another device.
    /// </param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="logger">Logs changes, refusals and failures; null for no log.</param>
    /// <param name="meters">Creates the meter; null for a meter shared by the process.</param>
    /// <exception cref="ArgumentNullException"><paramref name="engine"/> or <paramref name="category"/> is null.</exception>
    public HostDeviceManager(
        IOvirtEngine engine,
        IHostDeviceCategory category,
        IAttachmentRecords? records = null,
        HostDeviceManagerOptions? options = null,
        ILogger<HostDeviceManager>? logger = null,
        IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(category);
        this.engine = engine;
        Category = category;
        this.options = options ?? new HostDeviceManagerOptions();
        reader = new EngineReader(engine, records, this.options.Concurrency);
        var report = new ChangeReport(category.Capability, logger ?? NullLogger<HostDeviceManager>.Instance, EngineMeters.Of(meters));
        changes = new HostDeviceChanges(engine, category, records, reader, ListOfVmAsync, report);
    }

    /// <inheritdoc/>
    public IHostDeviceCategory Category { get; }

    /// <inheritdoc/>
    public IAsyncEnumerable<HostReference> ListHostsAsync(CancellationToken cancellationToken = default) =>
        engine.ListHostsAsync(search: null, cancellationToken).Select(EngineReader.Reference);

    /// <inheritdoc/>
    public IAsyncEnumerable<HostDeviceListing> ListAllAsync(CancellationToken cancellationToken = default) =>
        OrderedParallel.SelectAsync(ListHostsAsync(cancellationToken), options.Concurrency, ListAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<HostDeviceListing> ListAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        return ListingTrace.RunAsync(Category.Capability, host, async () =>
        {
            var reported = await ReportAsync(host, cancellationToken).ConfigureAwait(false);
            return await Category.ListAsync(host, reported ?? [], cancellationToken).ConfigureAwait(false);
        });
    }

    /// <inheritdoc/>
    public async Task<ValueList<HostDeviceAvailability>> AvailabilityAsync(
        HostDeviceListing listing, GuestArchitecture architecture = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var vms = await ListVmsAsync(listing, cancellationToken).ConfigureAwait(false);
        return Category.Availability(listing, vms, architecture);
    }

    /// <inheritdoc/>
    public Task<ValueList<ManagedVm>> ListVmsAsync(HostDeviceListing listing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return reader.VmsOnAsync(listing, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ManagedVm?> FindVmAsync(string vmId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        return reader.FindVmAsync(vmId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AttachmentPreview> PreviewAsync(string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        ArgumentNullException.ThrowIfNull(devices);
        var asked = devices.ToValueList();
        return EngineTelemetry.TraceAsync(
            $"{Category.Capability} preview",
            async () => Category.Preview(
                await changes.RequestAsync(vmId, new HostDeviceRequest { Devices = asked }, cancellationToken).ConfigureAwait(false)),
            hasFailed: static _ => false,
            vmId);
    }

    /// <inheritdoc/>
    public async Task<PolicyResult> CheckAsync(string vmId, HostDeviceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Operation == HostDeviceOperation.RemoveHost)
        {
            throw new ArgumentException("The removal of a host concerns no VM. Ask the category.", nameof(request));
        }

        return Category.Check(await changes.RequestAsync(vmId, request, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public Task<HostDeviceChange> AttachAsync(string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        ArgumentNullException.ThrowIfNull(devices);
        return changes.AttachAsync(vmId, devices.ToValueList(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<HostDeviceChange> DetachAsync(string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        ArgumentNullException.ThrowIfNull(devices);
        return changes.DetachAsync(vmId, devices.ToValueList(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ValueList<AuditFinding>> AuditAsync(CancellationToken cancellationToken = default) => EngineTelemetry.TraceAsync(
        $"{Category.Capability} audit",
        async () =>
        {
            var listings = (await ListAllAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false)).ToValueList();
            var (vms, gone) = await reader.AllVmsAsync(listings, cancellationToken).ConfigureAwait(false);
            return Category.Audit(new HostDeviceAudit(listings, vms) { GoneVms = gone });
        },
        hasFailed: static _ => false);

    /// <inheritdoc/>
    public async Task<PostedFindings> PostAsync(IReadOnlyCollection<AuditFinding> findings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var day = DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime);
        var (posted, postedBefore, failures) = (0, 0, new List<OvirtException>());
        foreach (var finding in findings)
        {
            var severity = finding.Finding.Severity == Severity.Error ? OvirtEventSeverity.Alert : OvirtEventSeverity.Warning;
            try
            {
                await engine.AddEventAsync(
                    new NewOvirtEvent
                    {
                        Description = finding.Finding.ToString(),
                        Severity = severity,
                        Origin = options.EventOrigin,
                        CustomId = EventId.Of(finding, day),
                        VmId = finding.VmId,
                        HostId = finding.Host?.Id,
                    },
                    cancellationToken).ConfigureAwait(false);
                posted++;
            }
            catch (OvirtException refused) when (refused.Failure == OvirtFailure.Refused && EngineFault.IsDuplicateEvent(refused.Detail))
            {
                postedBefore++;
            }
            catch (OvirtException failed) when (failed.Failure
                is OvirtFailure.Refused or OvirtFailure.NotFound or OvirtFailure.ServerFailed or OvirtFailure.BadAnswer)
            {
                failures.Add(failed);
            }
        }

        return new PostedFindings(posted, postedBefore, failures.ToValueList());
    }

    /// <summary>
    /// Lists the devices of a host to which a VM is pinned; null if the engine does not have the host, or does not show it to the user.
    /// Such a host is not asked: only its id is known.
    /// </summary>
    private async Task<HostDeviceListing?> ListOfVmAsync(HostReference host, CancellationToken cancellationToken) =>
        await ReportAsync(host, cancellationToken).ConfigureAwait(false) is { } reported
            ? await ListingTrace.RunAsync(
                Category.Capability, host, () => Category.ListAsync(host, reported, cancellationToken)).ConfigureAwait(false)
            : null;

    /// <summary>The engine's report for a host; null for a host that it does not have or show.</summary>
    private async Task<ValueList<ReportedHostDevice>?> ReportAsync(HostReference host, CancellationToken cancellationToken)
    {
        try
        {
            return (await engine.ListHostDevicesAsync(host.Id, cancellationToken)
                .Where(device => string.Equals(device.Capability, Category.Capability, StringComparison.Ordinal))
                .Select(device => new ReportedHostDevice(device.Name, device.VmId))
                .ToListAsync(cancellationToken).ConfigureAwait(false)).ToValueList();
        }
        catch (OvirtException missing) when (missing.Failure == OvirtFailure.NotFound)
        {
            if (await engine.GetHostAsync(host.Id, cancellationToken).ConfigureAwait(false) is not null)
            {
                throw;
            }

            return null;
        }
    }
}
