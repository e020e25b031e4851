using System.Net;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Engine.Rest;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Page;

namespace Nvdimm.EngineService;

/// <summary>
/// Asks a real engine with a user's own token. A host is asked for its devices only after the engine has shown the host to the user.
/// </summary>
internal sealed class UserEngine : IPageEngine, IAsyncDisposable
{
    /// <summary>The number of VMs that are read at a time.</summary>
    private const int AtATime = 8;

    private readonly OvirtClient engine;
    private readonly HostDeviceManager manager;
    private readonly HostDeviceCategories categories;

    /// <summary>Creates the engine of a user.</summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="token">The user's token.</param>
    public UserEngine(IServiceProvider services, string token)
    {
        engine = new OvirtClient(
            services.GetRequiredService<HttpClient>(), new OvirtClientOptions(services.GetRequiredService<ServiceOptions>().Url, token));
        categories = services.GetRequiredService<HostDeviceCategories>();
        manager = new HostDeviceManager(
            engine,
            services.GetRequiredService<NvdimmCategory>(),
            services.GetService<IAttachmentRecords>(),
            options: null,
            services.GetRequiredService<ILogger<HostDeviceManager>>());
    }

    /// <inheritdoc/>
    public async Task<HostFacts?> HostAsync(string id, CancellationToken cancellationToken) =>
        await engine.GetHostAsync(id, cancellationToken) is { } host ? await FactsAsync(host, [], cancellationToken) : null;

    /// <summary>As in the contract: the VMs that are pinned to the host. An engine has too many others to ask for each.</summary>
    public async Task<HostFacts?> HostAndVmsAsync(string id, CancellationToken cancellationToken) =>
        await engine.GetHostAsync(id, cancellationToken) is { } host
            ? await FactsAsync(host, await PinnedAsync(id, cancellationToken), cancellationToken)
            : null;

    /// <inheritdoc/>
    public async Task<VmFacts?> VmAsync(string id, CancellationToken cancellationToken)
    {
        if (await manager.FindVmAsync(id, cancellationToken) is not { } vm)
        {
            return null;
        }

        return vm.PinnedHosts is [var pinned] && await engine.GetHostAsync(pinned.Id, cancellationToken) is { } host
            ? new VmFacts(vm, await FactsAsync(host, [vm], cancellationToken), [])
            : new VmFacts(vm, null, await PinChoicesAsync(id, cancellationToken));
    }

    /// <summary>As in the contract. A listing of namespaces does not have the regions' own sizes.</summary>
    public IEnumerable<MemoryRegion> RegionsOf(HostFacts host) => MemoryRegion.Of(host.Nvdimms, []);

    /// <summary>None: the ledger is on the host, and the engine's events name no device in a field.</summary>
    public DeviceHistory? HistoryOf(HostFacts host, HostDevice device) => null;

    /// <inheritdoc/>
    public Task<AttachmentPreview> PreviewAsync(string vm, ValueList<string> devices, CancellationToken cancellationToken) =>
        manager.PreviewAsync(vm, devices, cancellationToken);

    /// <inheritdoc/>
    public async Task AttachAsync(string vm, ValueList<string> devices, CancellationToken cancellationToken) =>
        RequireDone(await manager.AttachAsync(vm, devices, cancellationToken), "attached");

    /// <summary>
    /// As in the contract, for a device that the engine has at the VM. The record alone is not changed here: the engine is not asked for
    /// that, so it could not check the user's rights.
    /// </summary>
    public async Task DetachAsync(string vm, string device, CancellationToken cancellationToken)
    {
        _ = await engine.GetVmAsync(vm, cancellationToken) ?? throw PageFaultException.NotFound("VM", vm);
        var isAttached = await engine.ListVmHostDevicesAsync(vm, cancellationToken)
            .AnyAsync(attached => attached.Name == device, cancellationToken);
        if (!isAttached)
        {
            throw PageFaultException.Of(
                HttpStatusCode.Conflict,
                $"The engine does not have {device} at this VM any more. To remove it from the attachment record, an administrator runs "
                + "'nvdimm engine detach' with the record's file.");
        }

        RequireDone(await manager.DetachAsync(vm, [device], cancellationToken), "detached");
    }

    /// <inheritdoc/>
    public Task<ValueList<AuditFinding>> AuditAsync(CancellationToken cancellationToken) => manager.AuditAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static HostReference Reference(OvirtHost host) => new(host.Id, host.Name, host.Address);

    /// <summary>Ends the request with a fault unless the whole change was made.</summary>
    private static void RequireDone(HostDeviceChange change, string done)
    {
        if (change.IsDone)
        {
            return;
        }

        if (!change.Check.IsAllowed && change is { Failure: null, RecordFailure: null, Devices.Count: 0 })
        {
            throw PageFaultException.Refused(change.Check.Findings);
        }

        var stands = change.Devices.Count == 0 ? "" : $" {string.Join(", ", change.Devices)}: {done} all the same.";
        if (change.Failure is { } failure)
        {
            var fault = Failures.Of(failure).Fault;
            var unknown = failure.IsOutcomeUnknown ? " Whether it was done is not known: look at the VM again." : "";
            throw PageFaultException.Of(fault.Status, $"{fault.Detail.Trim('[', ']')}{unknown}{stands}");
        }

        throw PageFaultException.Of(
            HttpStatusCode.Conflict,
            change.RecordFailure is not null
                ? $"The attachment record may differ from the engine. Run an audit.{stands}"
                : $"{string.Join(' ', change.Check.Findings.Select(finding => finding.Message))}{stands}");
    }

    private async Task<HostFacts> FactsAsync(OvirtHost host, IReadOnlyList<ManagedVm> asked, CancellationToken cancellationToken)
    {
        var listing = await manager.ListAsync(Reference(host), cancellationToken);
        var owners = await manager.ListVmsAsync(listing, cancellationToken);
        var others = owners.Select(vm => vm.Id).Except(asked.Select(vm => vm.Id), StringComparer.Ordinal);
        var vms = asked.Concat(await WholeAsync([.. others], cancellationToken))
            .OrderBy(vm => vm.Name, StringComparer.Ordinal)
            .ToValueList();
        return new HostFacts(Reference(host), host.Status, ArchitectureOf(host, vms), [listing], vms, categories);
    }

    /// <summary>The architecture of a host: the API has it of VMs only, so it is that of a VM which is pinned to the host.</summary>
    private static GuestArchitecture ArchitectureOf(OvirtHost host, ValueList<ManagedVm> vms) =>
        vms.FirstOrDefault(vm => vm.PinnedHosts.Any(pinned => pinned.Id == host.Id))?.Architecture ?? GuestArchitecture.X86_64;

    private async Task<IReadOnlyList<ManagedVm>> PinnedAsync(string host, CancellationToken cancellationToken) => await WholeAsync(
        await engine.ListVmsAsync(search: null, cancellationToken)
            .Where(vm => vm.PinnedHostIds.Contains(host, StringComparer.Ordinal))
            .Select(vm => vm.Id)
            .ToArrayAsync(cancellationToken),
        cancellationToken);

    /// <summary>Reads VMs with their NUMA nodes, several at a time. VMs that are deleted meanwhile are left out.</summary>
    private async Task<IReadOnlyList<ManagedVm>> WholeAsync(string[] ids, CancellationToken cancellationToken)
    {
        var vms = new ManagedVm?[ids.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0, ids.Length, parallel, async (index, cancel) => vms[index] = await manager.FindVmAsync(ids[index], cancel));
        return [.. vms.OfType<ManagedVm>()];
    }

    private async Task<IReadOnlyList<HostReference>> PinChoicesAsync(string vmId, CancellationToken cancellationToken)
    {
        var cluster = (await engine.GetVmAsync(vmId, cancellationToken))?.ClusterId;
        return await engine.ListHostsAsync(search: null, cancellationToken)
            .Where(host => cluster is not null && host.ClusterId == cluster)
            .Select(Reference)
            .ToListAsync(cancellationToken);
    }
}
