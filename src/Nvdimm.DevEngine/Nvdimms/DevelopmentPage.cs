using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Page;

namespace Nvdimm.DevEngine.Nvdimms;

/// <summary>Answers the page from the database, the captures and this machine.</summary>
/// <param name="database">The database.</param>
/// <param name="operations">Asks hosts, and changes devices by the rules.</param>
/// <param name="categories">The categories.</param>
/// <param name="regions">The regions of the hosts.</param>
/// <param name="ledger">The ledger of this machine.</param>
/// <param name="requests">The request, for the name of its user.</param>
internal sealed class DevelopmentPage(
    EngineDatabase database,
    HostDeviceOperations operations,
    HostDeviceCategories categories,
    MemoryRegions regions,
    LedgerRecords ledger,
    IHttpContextAccessor requests) : IPageEngine
{
    /// <summary>
    /// A host with its devices, and the VMs that are pinned to it. No other VM can have one of its devices, because a VM with an NVDIMM
    /// keeps its pinning (<see cref="NvdimmCodes.PinningChangeDetaches"/>).
    /// </summary>
    public async Task<HostFacts?> HostAsync(string id, CancellationToken cancellationToken) =>
        await FactsAsync(id, session => session.VmsPinnedTo(id), cancellationToken);

    /// <inheritdoc/>
    public async Task<HostFacts?> HostAndVmsAsync(string id, CancellationToken cancellationToken) =>
        await FactsAsync(id, session => session.WithParts(session.VmRows(Slice.All)), cancellationToken);

    /// <inheritdoc/>
    public async Task<VmFacts?> VmAsync(string id, CancellationToken cancellationToken)
    {
        var vm = database.Read(session => session.Vm(id));
        return vm.Pins is [var host]
            ? new VmFacts(vm.ToManaged(), await HostAsync(host.Id, cancellationToken), [])
            : new VmFacts(vm.ToManaged(), null, HostsOf(vm.Row.ClusterId));
    }

    /// <inheritdoc/>
    public IEnumerable<MemoryRegion> RegionsOf(HostFacts host) => regions.Read(Row(host), host.Nvdimms);

    /// <inheritdoc/>
    public DeviceHistory? HistoryOf(HostFacts host, HostDevice device)
    {
        var local = Row(host).Source == HostSources.Machine ? (device as NvdimmHostDevice)?.Namespace : null;
        var (record, problem) = local is null ? (null, null) : ledger.Of(local);
        var events = database.Read(session =>
            session.EventsOfHost(host.Host.Id).Where(entry => Journal.IsAboutDevice(entry, device.Name)).ToList());
        return new DeviceHistory(
            local is { Path: not null } ? ContentOf(local) : null,
            record is null ? null : AnswerOf(record),
            problem,
            [.. events.Select(entry => new EventAnswer(entry.Time, entry.Description))]);
    }

    /// <inheritdoc/>
    public Task<AttachmentPreview> PreviewAsync(string vm, ValueList<string> devices, CancellationToken cancellationToken) =>
        operations.PreviewAsync(vm, devices, cancellationToken);

    /// <inheritdoc/>
    public Task AttachAsync(string vm, ValueList<string> devices, CancellationToken cancellationToken) =>
        operations.AttachAsync(vm, devices, User, cancellationToken);

    /// <inheritdoc/>
    public Task DetachAsync(string vm, string device, CancellationToken cancellationToken) =>
        operations.DetachAsync(vm, device, User, cancellationToken);

    /// <summary>As in the contract. This engine is its own record: a device cannot vanish from its database.</summary>
    public async Task<ValueList<AuditFinding>> AuditAsync(CancellationToken cancellationToken)
    {
        var hosts = database.Read(session => session.Hosts(Slice.All));
        var listings = await Task.WhenAll(hosts.Select(host => operations.ListAsync(host, cancellationToken)));
        var vms = database.Read(session => session.WithParts(session.VmRows(Slice.All))).Select(vm => vm.ToManaged()).ToValueList();
        return categories.Audit(new HostDeviceAudit(listings.SelectMany(all => all).ToValueList(), vms));
    }

    private string User => requests.HttpContext!.User.Identity!.Name!;

    private HostRow Row(HostFacts host) => database.Read(session => session.Host(host.Host.Id));

    private List<HostReference> HostsOf(string cluster) => database.Read(session =>
        session.Hosts(Slice.All).Where(host => host.ClusterId == cluster).Select(host => host.Reference).ToList());

    private async Task<HostFacts> FactsAsync(
        string id, Func<EngineSession, IReadOnlyList<VmParts>> vms, CancellationToken cancellationToken)
    {
        var host = database.Read(session => session.Host(id));
        var listings = await operations.ListAsync(host, cancellationToken);
        return database.Read(session => new HostFacts(
            host.Reference,
            host.Status,
            GuestArchitecture.FromName(session.Cluster(host.ClusterId).Architecture),
            listings,
            vms(session).Select(vm => vm.ToManaged()).ToValueList(),
            categories));
    }

    /// <summary>What a device of this machine contains, as far as this program has the right to read it.</summary>
    private static string ContentOf(NvdimmDevice device)
    {
        var survey = new ContentProbe().Survey(device, []);
        return survey.UnreadableReason is { } reason ? $"could not be read: {reason}"
            : survey.IsBlank ? "nothing: it is blank"
            : survey.Found.Count == 0 ? "bytes of no known format"
            : string.Join("; ", survey.Found);
    }

    private static RecordAnswer AnswerOf(LayoutRecord record) => new()
    {
        Owner = record.Owner?.ToString(),
        OwnedSince = record.OwnedSince,
        FirstRecorded = record.FirstRecorded,
        LastUsed = record.LastUsed,
        LastChanged = record.LastChanged,
        Hypervisor = record.Hypervisor,
        GuestSize = record.Layout?.GuestSize.Bytes,
        LabelOffset = record.Layout?.LabelOffset.Bytes,
        LabelSize = record.Layout?.LabelSize.Bytes,
        Labels = record.LabelUuids?.Count,
    };
}
