using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>
/// All operations on host devices, through the registered categories. A host is asked before the transaction begins. The records are read,
/// checked and changed inside it, so that of two clients that want the same device one is refused.
/// </summary>
internal sealed class HostDeviceOperations(EngineDatabase database, HostDeviceCategories categories, Journal journal)
{
    private const int Attempts = 5;

    /// <summary>The devices of a host, in all categories.</summary>
    public Task<ValueList<HostDeviceListing>> ListAsync(HostRow host, CancellationToken cancellationToken) =>
        categories.ListAsync(host.Reference, cancellationToken);

    /// <summary>Attaches a device to a VM.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, or a rule refuses.</exception>
    public Task<VmHostDeviceRow> AttachAsync(string vm, string device, string user, CancellationToken cancellationToken) =>
        WithListingsAsync(vm, (session, parts, listings) => Attach(session, parts, listings, device, user), cancellationToken);

    /// <summary>Attaches devices to a VM: all of them, or none.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, or a rule refuses one of them.</exception>
    public Task<ValueList<VmHostDeviceRow>> AttachAsync(
        string vm, ValueList<string> devices, string user, CancellationToken cancellationToken) => WithListingsAsync(
        vm,
        (session, _, listings) => devices.Select(device => Attach(session, session.Vm(vm), listings, device, user)).ToValueList(),
        cancellationToken);

    /// <summary>Detaches a device from a VM.</summary>
    /// <exception cref="ApiFaultException">The VM or the device does not exist, or a rule refuses.</exception>
    public Task<VmHostDeviceRow> DetachAsync(string vm, string device, string user, CancellationToken cancellationToken) =>
        WithListingsAsync(vm, (session, parts, listings) => Detach(session, parts, listings, device, user), cancellationToken);

    /// <summary>Previews an attachment of devices together; their category answers.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, or the devices are of several categories.</exception>
    public async Task<AttachmentPreview> PreviewAsync(string vm, ValueList<string> names, CancellationToken cancellationToken)
    {
        var listings = await ListingsAsync(vm, cancellationToken);
        return database.Read(session =>
        {
            var parts = session.Vm(vm);
            var request = Request(session, parts, HostDeviceOperation.Attach) with { Devices = names };
            return names.Select(name => CategoryOf(listings, name)).Distinct().ToList() is [{ } category]
                ? category.Preview(request with { Listing = Listing(listings, category) })
                : throw ApiFaultException.BadValue("A preview is of devices of one category.");
        });
    }

    /// <summary>
    /// Decides on an operation with the devices of the VM's host, and changes records in the same transaction. If the VM was pinned to
    /// another host in between, that host is asked again.
    /// </summary>
    public async Task<T> WithListingsAsync<T>(
        string vm, Func<EngineSession, VmParts, HostListings, T> decide, CancellationToken cancellationToken) => await DecideAsync(
        await ListingsAsync(vm, cancellationToken),
        (session, listings) =>
        {
            var parts = session.Vm(vm);
            return IsOf(listings, parts)
                ? new Decided<T>(true, decide(session, parts, listings), null)
                : new Decided<T>(false, default, parts.Pins is [var host] ? host : null);
        },
        "The pinning of the VM keeps changing.",
        cancellationToken);

    /// <summary>
    /// Creates what a plan says, if the rules allow its host devices. The plan is made in the transaction that adds it, and again with the
    /// devices of the host that it needs.
    /// </summary>
    /// <exception cref="ApiFaultException">The plan cannot be made, or a rule refuses.</exception>
    public Task<T> AddAsync<T>(
        Func<EngineSession, HostListings, VmPlan> plan, Func<EngineSession, VmPlan, T> add, CancellationToken cancellationToken) =>
        DecideAsync(
            HostListings.None,
            (session, listings) =>
            {
                var planned = plan(session, listings);
                if (!planned.IsOf(listings))
                {
                    return new Decided<T>(false, default, planned.Host);
                }

                if (planned.Request is { } request)
                {
                    VmEditor.Require(Check(request, listings));
                }

                return new Decided<T>(true, add(session, planned), null);
            },
            "The pinning of the source keeps changing.",
            cancellationToken);

    /// <summary>Decides in a transaction, and again with the devices of the host that the decision needs, until it has them.</summary>
    /// <param name="listings">The devices to begin with.</param>
    /// <param name="decide">The decision with some devices, or the host whose devices it needs.</param>
    /// <param name="unsettled">The refusal if the host that the decision needs keeps changing.</param>
    /// <param name="cancellationToken">Ends the wait for a host.</param>
    private async Task<T> DecideAsync<T>(
        HostListings listings,
        Func<EngineSession, HostListings, Decided<T>> decide,
        string unsettled,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var present = listings;
            var decided = database.Write(session => decide(session, present));
            if (decided.IsDone)
            {
                return decided.Result!;
            }

            if (attempt == Attempts)
            {
                throw ApiFaultException.Conflict(unsettled);
            }

            listings = await ListingsAsync(decided.Host, cancellationToken);
        }
    }

    /// <summary>A decision, or the host whose devices it needs.</summary>
    /// <param name="IsDone">Whether the decision was made.</param>
    /// <param name="Result">Its result.</param>
    /// <param name="Host">The host to ask first; null for none.</param>
    private readonly record struct Decided<T>(bool IsDone, T? Result, HostRow? Host);

    /// <summary>
    /// The record of a device of which only the name is known. A device that the host does not have counts to the first category, which
    /// reports that at a start.
    /// </summary>
    public VmHostDeviceRow RowOf(HostListings listings, string name)
    {
        var device = listings.All.SelectMany(listing => listing.Devices).FirstOrDefault(listed => listed.Name == name);
        return new VmHostDeviceRow
        {
            Capability = device?.Capability ?? CategoryOf(listings, name)?.Capability ?? "",
            Name = name,
            Identity = device?.Identity,
        };
    }

    /// <summary>Whether all categories allow an operation on a VM; contains every finding.</summary>
    public PolicyResult Check(HostDeviceRequest request, HostListings listings) => categories.Check(request, listings.All);

    /// <summary>
    /// The request for an operation. It lists the other VMs that are pinned to the same host: no other VM can have one of its devices,
    /// because a VM with an NVDIMM keeps its pinning (<see cref="NvdimmCodes.PinningChangeDetaches"/>).
    /// </summary>
    public static HostDeviceRequest Request(EngineSession session, VmParts vm, HostDeviceOperation operation) => new()
    {
        Operation = operation,
        Vm = vm.ToManaged(),
        OtherVms = (vm.Pins is [var host] ? session.VmsPinnedTo(host.Id) : [])
            .Where(other => other.Id != vm.Id)
            .Select(other => other.ToManaged())
            .ToValueList(),
    };

    /// <summary>Adds the devices of all categories to the domain of a start.</summary>
    public string AddToDomain(string domainXml, HostDeviceRequest request, HostListings listings)
    {
        var added = categories.AddToDomain(domainXml, request, listings.All);
        return added.Xml ?? throw ApiFaultException.Refused(added.Findings);
    }

    private static HostDeviceListing? Listing(HostListings listings, IHostDeviceCategory category) =>
        listings.All.FirstOrDefault(listing => listing.Capability == category.Capability);

    /// <summary>Whether the listings are of the VM's host. Only a VM that is pinned to exactly one host can have devices.</summary>
    private static bool IsOf(HostListings listings, VmParts vm) => listings.Host == (vm.Pins is [var host] ? host.Id : null);

    private async Task<HostListings> ListingsAsync(string vm, CancellationToken cancellationToken)
    {
        var pins = database.Read(session => session.Vm(vm)).Pins;
        return await ListingsAsync(pins is [var host] ? host : null, cancellationToken);
    }

    private async Task<HostListings> ListingsAsync(HostRow? host, CancellationToken cancellationToken) =>
        host is null ? HostListings.None : new HostListings(host.Id, await ListAsync(host, cancellationToken));

    /// <summary>The category that has a device; if none has it, the first one, which reports that.</summary>
    private IHostDeviceCategory? CategoryOf(HostListings listings, string device) =>
        listings.All.FirstOrDefault(listing => listing.Devices.Any(listed => listed.Name == device)) is { } listing
            ? categories.Find(listing.Capability)
            : categories.All is [var first, ..] ? first : null;

    /// <summary>Attaches a device that a VM had before, in a running transaction.</summary>
    /// <exception cref="ApiFaultException">A rule refuses, or the name now stands for another device.</exception>
    public void Attach(EngineSession session, VmParts vm, HostListings listings, VmHostDeviceRow before)
    {
        var added = Attach(session, vm, listings, before.Name, "the engine");
        if (added.Identity != before.Identity)
        {
            throw ApiFaultException.Conflict(
                $"Cannot revert to Snapshot. The identity of {before.Name} was {before.Identity ?? "none"} then, "
                + $"and is {added.Identity ?? "none"} now.");
        }
    }

    private VmHostDeviceRow Attach(EngineSession session, VmParts vm, HostListings listings, string name, string user)
    {
        var operation = vm.Status == VmStatus.Down ? HostDeviceOperation.Attach : HostDeviceOperation.HotPlug;
        var category = CategoryOf(listings, name);
        var listing = category is null ? null : Listing(listings, category);
        var device = listing?.Devices.FirstOrDefault(listed => listed.Name == name);
        var result = category?.Check(Request(session, vm, operation) with { Devices = [name], Listing = listing });
        if (device is null || result is not { IsAllowed: true })
        {
            // A category may know the device by another name, such as its uuid; the API only knows names and ids.
            throw ApiFaultException.Refused(result is { IsAllowed: false } ? result.Findings : [HostDeviceNotFound]);
        }

        if (vm.HostDevices.FirstOrDefault(attached => attached.Name == name) is { } already)
        {
            return already;
        }

        var added = new VmHostDeviceRow { VmId = vm.Id, Capability = device.Capability, Name = name, Identity = device.Identity };
        session.Add(added);
        journal.AddAttachedEvent(session, name, vm, user);
        return added;
    }

    private static Finding HostDeviceNotFound => Finding.Error(EngineCodes.HostDeviceNotFound, ("action", "add"), ("type", "Host devices"));

    private VmHostDeviceRow Detach(EngineSession session, VmParts vm, HostListings listings, string name, string user)
    {
        var device = vm.HostDevices.FirstOrDefault(attached => attached.Name == name)
            ?? throw ApiFaultException.NotFound("host device", name);
        var operation = vm.Status == VmStatus.Down ? HostDeviceOperation.Detach : HostDeviceOperation.HotUnplug;
        if (categories.Find(device.Capability) is { } category)
        {
            var result = category.Check(Request(session, vm, operation) with { Devices = [name], Listing = Listing(listings, category) });
            if (!result.IsAllowed)
            {
                throw ApiFaultException.Refused(result.Findings);
            }
        }

        session.RemoveHostDevice(vm.Id, name);
        journal.AddDetachedEvent(session, name, vm, user);
        return device;
    }
}
