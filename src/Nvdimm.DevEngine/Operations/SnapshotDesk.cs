using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Takes snapshots.</summary>
internal sealed class SnapshotDesk(HostDeviceDesk devices, Journal journal)
{
    private const long Finished = 68;

    /// <summary>Takes a snapshot. The memory of a VM that does not run is none, so that there is nothing to keep.</summary>
    /// <exception cref="ApiFaultException">There is no such VM, a rule refuses, or memory that is there should be kept.</exception>
    public Task<(VmParts Vm, SnapshotRow Snapshot)> TakeAsync(string vm, string description, bool withMemory, string user, CancellationToken cancellationToken) =>
        devices.WithListingsAsync(
            vm,
            (session, parts, listings) =>
            {
                var operation = withMemory ? NvdimmOperation.SnapshotWithMemory : NvdimmOperation.Snapshot;
                var verdict = devices.Check(HostDeviceDesk.Request(session, parts, operation), listings);
                if (!verdict.IsAllowed)
                {
                    throw ApiFaultException.Refused(verdict.Violations);
                }

                if (withMemory && parts.Row.HostId is not null)
                {
                    throw ApiFaultException.Conflict("Cannot create Snapshot. This development engine does not keep the memory of a running VM; take the snapshot without it.");
                }

                var snapshot = new SnapshotRow { Id = Ids.New(), VmId = vm, Description = description, Date = journal.Now };
                session.Add(snapshot);
                journal.Did(session, $"Creating VM Snapshot {description} for VM {parts.Name}");
                journal.Note(session, Finished, $"Snapshot '{description}' creation for VM '{parts.Name}' has been completed (by {user}).", vm);
                return (parts, snapshot);
            },
            cancellationToken);
}
