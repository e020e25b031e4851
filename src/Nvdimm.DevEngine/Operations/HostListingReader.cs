using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Asks hosts for their devices, for questions that change nothing.</summary>
internal sealed class HostListingReader(EngineDatabase database, HostDeviceOperations operations, HostDeviceCategories categories)
{
    /// <summary>
    /// A host with its devices, and the VMs that are pinned to it. No other VM can have one of its devices, because a VM with an NVDIMM
    /// keeps its pinning (<see cref="Nvdimm.Extensions.NvdimmCodes.PinningChangeDetaches"/>).
    /// </summary>
    /// <exception cref="ApiFaultException">The host does not exist.</exception>
    public Task<HostFacts> HostAsync(string id, CancellationToken cancellationToken) =>
        HostAsync(id, session => session.VmsPinnedTo(id), cancellationToken);

    /// <summary>As above with all VMs, to tell for each of them whether it could have a device of the host.</summary>
    /// <exception cref="ApiFaultException">The host does not exist.</exception>
    public Task<HostFacts> HostAndAllVmsAsync(string id, CancellationToken cancellationToken) =>
        HostAsync(id, session => session.WithParts(session.VmRows(Slice.All)), cancellationToken);

    /// <summary>A VM with its host; no host if the VM is not pinned to exactly one.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist.</exception>
    public async Task<(VmParts Vm, HostFacts? Host)> VmAsync(string id, CancellationToken cancellationToken)
    {
        var vm = database.Read(session => session.Vm(id));
        return vm.Pins is [var host] ? (vm, await HostAsync(host.Id, cancellationToken)) : (vm, null);
    }

    /// <summary>The hosts that a VM can be pinned to: those of its cluster.</summary>
    public IReadOnlyList<HostRow> HostsFor(VmParts vm) =>
        database.Read(session => session.Hosts(Slice.All).Where(host => host.ClusterId == vm.Row.ClusterId).ToList());

    /// <summary>The events about a host's device, newest first.</summary>
    public IReadOnlyList<EventRow> EventsOf(HostRow host, HostDevice device) => database.Read(session =>
        session.EventsOfHost(host.Id).Where(entry => Journal.IsAboutDevice(entry, device.Name)).ToList());

    private async Task<HostFacts> HostAsync(string id, Func<EngineSession, IReadOnlyList<VmParts>> vms, CancellationToken cancellationToken)
    {
        var host = database.Read(session => session.Host(id));
        var listings = await operations.ListAsync(host, cancellationToken);
        return database.Read(session => new HostFacts(host, session.Cluster(host.ClusterId), listings, vms(session), categories));
    }
}
