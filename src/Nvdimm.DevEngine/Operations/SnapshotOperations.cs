using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>
/// Takes, removes and restores snapshots. The VMs of this engine have no disks, so a snapshot is only the configuration at its time. An
/// NVDIMM returns to the configuration by the rules of an attachment; its content does not change.
/// </summary>
internal sealed class SnapshotOperations(EngineDatabase database, HostDeviceOperations devices, Journal journal)
{
    private const long Finished = 68;

    /// <summary>oVirt Engine 4.5, ACTION_TYPE_FAILED_VM_IN_PREVIEW.</summary>
    private const string InPreview = "VM is previewing a Snapshot.";

    /// <summary>Takes a snapshot. A VM that does not run has no memory to keep.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, a rule refuses, or the memory of a running VM was asked for.</exception>
    public Task<(VmParts Vm, SnapshotRow Snapshot)> TakeAsync(
        string vm, string description, bool withMemory, string user, CancellationToken cancellationToken) =>
        devices.WithListingsAsync(
            vm,
            (session, parts, listings) =>
            {
                RequireNoPreview(parts, "create");
                var operation = withMemory ? HostDeviceOperation.SnapshotWithMemory : HostDeviceOperation.Snapshot;
                VmEditor.Require(devices.Check(HostDeviceOperations.Request(session, parts, operation), listings));
                if (withMemory && parts.Row.HostId is not null)
                {
                    throw ApiFaultException.Conflict(
                        "Cannot create Snapshot. This development engine does not keep the memory of a running VM; "
                        + "take the snapshot without it.");
                }

                var snapshot = new SnapshotRow
                {
                    Id = Ids.New(),
                    VmId = vm,
                    Description = description,
                    Date = journal.Now,
                    Configuration = VmConfiguration.Of(parts).Write(),
                };
                session.Add(snapshot);
                journal.AddFinishedJob(session, $"Creating VM Snapshot {description} for VM {parts.Name}");
                journal.AddEvent(
                    session, Finished, $"Snapshot '{description}' creation for VM '{parts.Name}' has been completed (by {user}).", vm);
                return (parts, snapshot);
            },
            cancellationToken);

    /// <summary>Removes a snapshot.</summary>
    /// <exception cref="ApiFaultException">The VM or the snapshot does not exist, or the snapshot is previewed.</exception>
    public void Remove(string vm, string snapshot) => database.Write(session =>
    {
        var parts = session.Vm(vm);
        RequireNoPreview(parts, "remove");
        var removed = session.RemoveSnapshot(Find(session, vm, snapshot).Id);
        journal.AddFinishedJob(session, $"Removing a Snapshot of VM {parts.Name}");
        return removed;
    });

    /// <summary>Returns a VM that is down to a snapshot, permanently.</summary>
    /// <exception cref="ApiFaultException">The VM or the snapshot does not exist, the VM is not down, or a rule refuses.</exception>
    public Task<JobRow> RestoreAsync(string vm, string snapshot, CancellationToken cancellationToken) => ChangeAsync(
        vm,
        (session, parts, listings) => Apply(session, parts, Of(Find(session, vm, snapshot)), listings, parts.Row),
        "Restoring a Snapshot of",
        cancellationToken);

    /// <summary>Previews a snapshot on a VM that is down; the preview can be undone.</summary>
    /// <exception cref="ApiFaultException">The VM or the snapshot does not exist, the VM is not down, or a rule refuses.</exception>
    public Task<JobRow> PreviewAsync(string vm, string snapshot, CancellationToken cancellationToken) => ChangeAsync(
        vm,
        (session, parts, listings) =>
        {
            var previewed = Find(session, vm, snapshot);
            var row = parts.Row with { Previewed = previewed.Id, BeforePreview = VmConfiguration.Of(parts).Write() };
            Apply(session, parts, Of(previewed), listings, row);
        },
        "Previewing a Snapshot of",
        cancellationToken);

    /// <summary>Ends a preview and returns to the configuration before it.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, previews nothing or is not down, or a rule refuses.</exception>
    public Task<JobRow> UndoAsync(string vm, CancellationToken cancellationToken) => EndPreviewAsync(
        vm,
        (session, parts, listings, row) => Apply(session, parts, VmConfiguration.Read(parts.Row.BeforePreview!), listings, row),
        "Undoing the preview of",
        cancellationToken);

    /// <summary>Ends a preview and keeps the previewed snapshot.</summary>
    /// <exception cref="ApiFaultException">The VM does not exist, previews nothing, or is not down.</exception>
    public Task<JobRow> CommitAsync(string vm, CancellationToken cancellationToken) =>
        EndPreviewAsync(vm, (session, _, _, row) => session.Update(row), "Committing the preview of", cancellationToken);

    private static void RequireNoPreview(VmParts vm, string action)
    {
        if (vm.Row.Previewed is not null)
        {
            throw ApiFaultException.Conflict($"Cannot {action} Snapshot. {InPreview}");
        }
    }

    private static SnapshotRow Find(EngineSession session, string vm, string id) =>
        session.Snapshots([vm]).FirstOrDefault(snapshot => snapshot.Id == id) ?? throw ApiFaultException.NotFound("snapshot", id);

    private static VmConfiguration Of(SnapshotRow snapshot) => snapshot.Configuration is { } json
        ? VmConfiguration.Read(json)
        : throw ApiFaultException.Conflict(
            "Cannot revert to Snapshot. An earlier version of this program took it, without the configuration.");

    private Task<JobRow> ChangeAsync(
        string vm, Action<EngineSession, VmParts, HostListings> change, string description,
        CancellationToken cancellationToken) =>
        devices.WithListingsAsync(
            vm,
            (session, parts, listings) =>
            {
                VmEditor.RequireDown(parts, "revert to", "Snapshot");
                RequireNoPreview(parts, "revert to");
                change(session, parts, listings);
                return journal.AddFinishedJob(session, $"{description} VM {parts.Name}");
            },
            cancellationToken);

    private Task<JobRow> EndPreviewAsync(
        string vm, Action<EngineSession, VmParts, HostListings, VmRow> end, string description,
        CancellationToken cancellationToken) =>
        devices.WithListingsAsync(
            vm,
            (session, parts, listings) =>
            {
                VmEditor.RequireDown(parts, "revert to", "Snapshot");
                if (parts.Row.Previewed is null)
                {
                    throw ApiFaultException.Conflict("Cannot revert to Snapshot. VM is not previewing a Snapshot.");
                }

                end(session, parts, listings, parts.Row with { Previewed = null, BeforePreview = null });
                return journal.AddFinishedJob(session, $"{description} VM {parts.Name}");
            },
            cancellationToken);

    /// <summary>
    /// Gives a VM an earlier configuration. The rules are checked for the whole, then for the pinning if it changes, then for each NVDIMM
    /// that returns: another VM may have it now, or its name may stand for another device.
    /// </summary>
    private void Apply(EngineSession session, VmParts vm, VmConfiguration to, HostListings listings, VmRow row)
    {
        VmEditor.Require(devices.Check(HostDeviceOperations.Request(session, vm, HostDeviceOperation.SnapshotRestore), listings));
        if (!to.Pins.ToHashSet(StringComparer.Ordinal).SetEquals(vm.Pins.Select(pin => pin.Id)))
        {
            if (to.Devices.Count > 0)
            {
                throw ApiFaultException.Conflict(
                    "Cannot revert to Snapshot. The VM is pinned otherwise than the snapshot, which has host devices: "
                    + "pin the VM as it was first.");
            }

            VmEditor.Require(devices.Check(HostDeviceOperations.Request(session, vm, HostDeviceOperation.ChangePinning), listings));
        }

        if (to.Devices.FirstOrDefault(
            then => vm.HostDevices.Any(now => now.Name == then.Name && now.Identity != then.Identity)) is { } other)
        {
            throw ApiFaultException.Conflict(
                $"Cannot revert to Snapshot. The VM has another device as {other.Name} by now; detach it first.");
        }

        session.Configure(row, to);
        foreach (var gone in vm.HostDevices.Where(device => !to.Devices.Any(kept => kept.Name == device.Name)))
        {
            session.RemoveHostDevice(vm.Id, gone.Name);
        }

        foreach (var back in to.Devices.Where(device => !vm.HostDevices.Any(kept => kept.Name == device.Name)))
        {
            devices.Attach(session, session.Vm(vm.Id), listings, back);
        }
    }
}
