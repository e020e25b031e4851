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
/// Host devices of one category on an engine, for an app beside it: lists, previews, attaches and detaches with the category's policy in
/// front of the engine's, and finds what the engine does not tell.
/// </summary>
/// <remarks>
/// The methods throw <see cref="OvirtException"/> where the engine cannot be asked, and what <see cref="IAttachmentRecords"/> throws.
/// </remarks>
public sealed class HostDeviceManager
{
    private readonly IOvirtEngine engine;
    private readonly IHostDeviceCategory category;
    private readonly HostDeviceManagerOptions options;
    private readonly EngineReader reader;
    private readonly HostDeviceChanges changes;

    /// <summary>A manager.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="category">The category.</param>
    /// <param name="records">
    /// Where attachments are noted. Null where nobody notes them: then neither a vanished attachment nor another device under the same name
    /// can be noticed later.
    /// </param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="logger">Where changes, refusals and failures are logged; null where nobody reads them.</param>
    /// <param name="meters">Makes the meter; null for one of the process.</param>
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

    /// <summary>All hosts of the engine.</summary>
    public IAsyncEnumerable<HostReference> ListHostsAsync(CancellationToken cancellationToken = default) =>
        engine.ListHostsAsync(search: null, cancellationToken).Select(EngineReader.Reference);

    /// <summary>The devices of every host, several hosts at once, in the order of the hosts, while they are read.</summary>
    public IAsyncEnumerable<HostDeviceListing> ListAllAsync(CancellationToken cancellationToken = default) =>
        Window.SelectAsync(ListHostsAsync(cancellationToken), options.Concurrency, ListAsync, cancellationToken);

    /// <summary>The devices of a host, joined with what the engine reports.</summary>
    public async Task<HostDeviceListing> ListAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        using var activity = EngineTelemetry.Start($"{category.Capability} list", host: host.Id);
        return await category.ListAsync(host, await ReportAsync(host, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Which devices of a host a VM can have, and why not the others: with the VMs of the engine that may have one, and with what was noted.
    /// </summary>
    /// <param name="listing">The host's listing, of <see cref="ListAsync"/>.</param>
    /// <param name="architecture">The architecture of the VM that would get a device, which is the host's. Default: x86_64.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ValueList<HostDeviceAvailability>> AvailabilityAsync(
        HostDeviceListing listing, GuestArchitecture architecture = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var vms = await reader.VmsOnAsync(listing, cancellationToken).ConfigureAwait(false);
        return category.Availability(listing, vms, architecture);
    }

    /// <summary>What attaching devices to a VM would mean. Changes nothing.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or what else the category resolves, such as uuids.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AttachmentPreview> PreviewAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken = default)
    {
        using var activity = EngineTelemetry.Start($"{category.Capability} preview", vm: vmId);
        return category.Preview(await changes.RequestAsync(vmId, devices, NvdimmOperation.Attach, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether an operation on a VM may go on as far as its devices of this category are concerned.</summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="operation">What is to be done.</param>
    /// <param name="devices">The devices that it names; none for the operations that are about all of the VM's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operation.</exception>
    public async Task<PolicyVerdict> CheckAsync(
        string vmId, NvdimmOperation operation, ValueList<string>? devices = null, CancellationToken cancellationToken = default)
    {
        EnumArgument.Checked(operation, nameof(operation));
        return category.Check(await changes.RequestAsync(vmId, devices ?? [], operation, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Attaches devices, after the policy, as one transaction: each is noted before the engine is asked, so that nothing is attached where it cannot be
    /// noted. Afterwards the VM is read again: whether it has them, whether they still are the devices that were checked, and whether another client
    /// has attached one of them to another VM at the same moment, which the engine allows. Where not, they are taken away again.
    /// </summary>
    /// <remarks>What could not be noted, looked at again or undone is told in the result.</remarks>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or what else the category resolves, such as uuids.</param>
    /// <param name="cancellationToken">Gives up before anything is changed; a change that has begun is finished.</param>
    public Task<HostDeviceChange> AttachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken = default) =>
        changes.AttachAsync(vmId, devices, cancellationToken);

    /// <summary>
    /// Detaches devices, after the policy. A device that the VM should have and has no longer is forgotten: its owner gives it up. That goes for a VM
    /// that the engine has deleted, too. A refusal changes nothing, and what the VM neither has nor should have is refused.
    /// </summary>
    /// <param name="vmId">The VM.</param>
    /// <param name="devices">Kernel names, or what else the category resolves, such as uuids.</param>
    /// <param name="cancellationToken">Gives up before anything is changed; a change that has begun is finished.</param>
    public Task<HostDeviceChange> DetachAsync(string vmId, ValueList<string> devices, CancellationToken cancellationToken = default) =>
        changes.DetachAsync(vmId, devices, cancellationToken);

    /// <summary>What the engine does not tell, over all hosts and all VMs.</summary>
    public async Task<ValueList<AuditFinding>> AuditAsync(CancellationToken cancellationToken = default)
    {
        using var activity = EngineTelemetry.Start($"{category.Capability} audit");
        var listings = (await ListAllAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false)).ToValueList();
        var (vms, gone) = await reader.AllVmsAsync(listings, cancellationToken).ConfigureAwait(false);
        return category.Audit(new HostDeviceAudit(listings, vms) { GoneVms = gone });
    }

    /// <summary>
    /// Posts findings as external events, errors as alerts, each once a day (UTC) for as long as it holds. One that the engine does not take keeps
    /// no other from being posted.
    /// </summary>
    /// <exception cref="OvirtException">The engine cannot be asked at all: it is not reached, does not answer, or does not let us in.</exception>
    public async Task<PostedFindings> PostAsync(IReadOnlyCollection<AuditFinding> findings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var day = DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime);
        var (posted, known, failures) = (0, 0, new List<OvirtException>());
        foreach (var finding in findings)
        {
            var severity = finding.Finding.Severity == Severity.Error ? OvirtEventSeverity.Alert : OvirtEventSeverity.Warning;
            try
            {
                await engine.AddEventAsync(
                    new NewOvirtEvent(finding.Finding.ToString(), severity, options.EventOrigin, EventId.Of(finding, day)) { VmId = finding.VmId, HostId = finding.Host?.Id },
                    cancellationToken).ConfigureAwait(false);
                posted++;
            }
            catch (OvirtException refused) when (refused.Failure == OvirtFailure.Refused && EngineFault.IsDuplicateEvent(refused.Detail))
            {
                known++;
            }
            catch (OvirtException failed) when (failed.Failure is OvirtFailure.Refused or OvirtFailure.NotFound or OvirtFailure.ServerFailed or OvirtFailure.BadAnswer)
            {
                failures.Add(failed);
            }
        }

        return new PostedFindings(posted, known, failures.ToValueList());
    }

    /// <summary>What the engine reports for a host: nothing for one that it does not have any more.</summary>
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
