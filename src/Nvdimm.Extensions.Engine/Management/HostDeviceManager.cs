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
/// Manages the host devices of one category on an engine, for a program that uses the engine's API: lists, previews, attaches and detaches
/// them. It checks the category's policy before the engine's, and finds problems that the engine does not report. Safe for use by several
/// threads.
/// </summary>
/// <remarks>
/// The methods throw <see cref="OvirtException"/> if the engine cannot be asked, <see cref="ArgumentNullException"/> for an argument that
/// is null, and the exceptions of <see cref="IAttachmentRecords"/>.
/// </remarks>
public sealed class HostDeviceManager
{
    private readonly IOvirtEngine engine;
    private readonly IHostDeviceCategory category;
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
        this.category = category;
        this.options = options ?? new HostDeviceManagerOptions();
        reader = new EngineReader(engine, records, this.options.Concurrency);
        var report = new ChangeReport(category.Capability, logger ?? NullLogger<HostDeviceManager>.Instance, EngineMeters.Of(meters));
        changes = new HostDeviceChanges(engine, category, records, reader, ListAsync, report);
    }

    /// <summary>Lists all hosts of the engine.</summary>
    public IAsyncEnumerable<HostReference> ListHostsAsync(CancellationToken cancellationToken = default) =>
        engine.ListHostsAsync(search: null, cancellationToken).Select(EngineReader.Reference);

    /// <summary>
    /// Lists the devices of every host, in the order of the hosts. Several hosts are read at once, and results are returned as they arrive.
    /// </summary>
    public IAsyncEnumerable<HostDeviceListing> ListAllAsync(CancellationToken cancellationToken = default) =>
        OrderedParallel.SelectAsync(ListHostsAsync(cancellationToken), options.Concurrency, ListAsync, cancellationToken);

    /// <summary>Lists the devices of a host, compared with the engine's report.</summary>
    public async Task<HostDeviceListing> ListAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        using var activity = EngineTelemetry.Start($"{category.Capability} list", host: host.Id);
        var reported = await ReportAsync(host, cancellationToken).ConfigureAwait(false);
        return await category.ListAsync(host, reported, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Returns the availability of each device of a host, considering the engine's VMs that may have one, and the attachment records.
    /// </summary>
    /// <param name="listing">The host's listing from <see cref="ListAsync"/>.</param>
    /// <param name="architecture">The architecture of the VM that would get a device, which is that of the host. Default: x86_64.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ValueList<HostDeviceAvailability>> AvailabilityAsync(
        HostDeviceListing listing, GuestArchitecture architecture = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var vms = await ListVmsAsync(listing, cancellationToken).ConfigureAwait(false);
        return category.Availability(listing, vms, architecture);
    }

    /// <summary>
    /// Lists the VMs that have a device of a host, should have one, or run with one, as far as the engine's user can see them. Their NUMA
    /// nodes are left out.
    /// </summary>
    /// <param name="listing">The host's listing from <see cref="ListAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ValueList<ManagedVm>> ListVmsAsync(HostDeviceListing listing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return reader.VmsOnAsync(listing, cancellationToken);
    }

    /// <summary>Gets a VM with all facts that the category uses; null if the engine has no VM with that id.</summary>
    public Task<ManagedVm?> FindVmAsync(string vmId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        return reader.FindVmAsync(vmId, cancellationToken);
    }

    /// <summary>Predicts the result of attaching devices to a VM. Changes nothing.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or other names that the category knows, such as UUIDs.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<AttachmentPreview> PreviewAsync(
        string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        ArgumentNullException.ThrowIfNull(devices);
        using var activity = EngineTelemetry.Start($"{category.Capability} preview", vm: vmId);
        var request = await changes.RequestAsync(vmId, devices.ToValueList(), HostDeviceOperation.Attach, cancellationToken)
            .ConfigureAwait(false);
        return category.Preview(request);
    }

    /// <summary>Checks whether the VM's devices of this category allow an operation.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="devices">The devices that the operation names; none if it concerns all of the VM's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="operation"/> is not a defined value.</exception>
    public async Task<PolicyResult> CheckAsync(
        string vmId, HostDeviceOperation operation, IEnumerable<string>? devices = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        EnumArgument.Checked(operation, nameof(operation));
        var request = await changes.RequestAsync(vmId, devices?.ToValueList() ?? [], operation, cancellationToken).ConfigureAwait(false);
        return category.Check(request);
    }

    /// <summary>
    /// Checks the policy, then attaches devices as one transaction. Each device is recorded before the engine is asked, so nothing is
    /// attached that cannot be recorded. Afterwards the VM is read again, to check that it has the devices, that they are still the devices
    /// that were checked, and that no other client attached one of them to another VM at the same moment, which the engine allows. If a
    /// check fails, the devices are removed again.
    /// </summary>
    /// <remarks>The result says what could not be recorded, checked or undone.</remarks>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or other names that the category knows, such as UUIDs.</param>
    /// <param name="cancellationToken">Cancels the call before anything is changed; a change that has begun is finished.</param>
    public Task<HostDeviceChange> AttachAsync(string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        ArgumentNullException.ThrowIfNull(devices);
        return changes.AttachAsync(vmId, devices.ToValueList(), cancellationToken);
    }

    /// <summary>
    /// Checks the policy, then detaches devices. A device that the VM should have but no longer has is removed from the record, and has no
    /// owner any more; this also works for a VM that the engine deleted. A refusal changes nothing. A device that the VM neither has nor
    /// should have is refused.
    /// </summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or other names that the category knows, such as UUIDs.</param>
    /// <param name="cancellationToken">Cancels the call before anything is changed; a change that has begun is finished.</param>
    public Task<HostDeviceChange> DetachAsync(string vmId, IEnumerable<string> devices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vmId);
        ArgumentNullException.ThrowIfNull(devices);
        return changes.DetachAsync(vmId, devices.ToValueList(), cancellationToken);
    }

    /// <summary>Finds problems that the engine does not report, on all hosts and VMs.</summary>
    public async Task<ValueList<AuditFinding>> AuditAsync(CancellationToken cancellationToken = default)
    {
        using var activity = EngineTelemetry.Start($"{category.Capability} audit");
        var listings = (await ListAllAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false)).ToValueList();
        var (vms, gone) = await reader.AllVmsAsync(listings, cancellationToken).ConfigureAwait(false);
        return category.Audit(new HostDeviceAudit(listings, vms) { GoneVms = gone });
    }

    /// <summary>
    /// Posts findings as external events, errors as alerts, each once a day (UTC) while it holds. If the engine refuses one, the others are
    /// still posted.
    /// </summary>
    /// <exception cref="OvirtException">
    /// The engine cannot be asked at all: it cannot be reached, does not answer, or refuses the login.
    /// </exception>
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

    /// <summary>The engine's report for a host; empty for a host that it no longer has.</summary>
    private async Task<ValueList<ReportedHostDevice>> ReportAsync(HostReference host, CancellationToken cancellationToken)
    {
        try
        {
            return (await engine.ListHostDevicesAsync(host.Id, cancellationToken)
                .Where(device => string.Equals(device.Capability, category.Capability, StringComparison.Ordinal))
                .Select(device => new ReportedHostDevice(device.Name, device.VmId))
                .ToListAsync(cancellationToken).ConfigureAwait(false)).ToValueList();
        }
        catch (OvirtException missing) when (missing.Failure == OvirtFailure.NotFound)
        {
            if (await engine.GetHostAsync(host.Id, cancellationToken).ConfigureAwait(false) is not null)
            {
                throw;
            }

            return [];
        }
    }
}
