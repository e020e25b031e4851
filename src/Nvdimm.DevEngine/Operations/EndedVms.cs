using Nvdimm.DevEngine.Machines;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Finds VMs that have ended by themselves, and after a crash of this program the state of those that it ran.</summary>
internal sealed class EndedVms(
    EngineDatabase database, Virsh virsh, DomainStarter starter, IStartGuard guard, VmStatuses statuses, VmGate gate)
{
    private const long VmEnded = 61;
    private const long VmStartFailed = 54;

    /// <summary>Records the state of every VM whose state can be determined.</summary>
    /// <exception cref="MachineException">libvirt does not answer, or the state of a VM cannot be determined.</exception>
    public Task NoticeAsync(CancellationToken cancellationToken) => gate.HoldingAsync(
        async () =>
        {
            var running = database.Read(session => session.RunningVms()).Where(vm => vm.Status != VmStatus.Suspended).ToList();
            var active = running.Count == 0
                ? new Dictionary<string, bool>(StringComparer.Ordinal)
                : await virsh.ActiveAsync(cancellationToken);
            var unknown = new List<MachineException>();
            foreach (var vm in running)
            {
                try
                {
                    await NoticeAsync(vm, active, cancellationToken);
                }
                catch (MachineException failed)
                {
                    unknown.Add(failed);
                }
            }

            return unknown.Count == 0
                ? true
                : throw new MachineException(string.Join("; ", unknown.Select(failed => failed.Message)), unknown[0]);
        },
        cancellationToken);

    private async Task NoticeAsync(VmParts vm, IReadOnlyDictionary<string, bool> active, CancellationToken cancellationToken)
    {
        var (status, why) = await StatusAsync(vm, active, cancellationToken);
        if (status == VmStatus.Down)
        {
            guard.End(vm);
        }

        if (why is not null)
        {
            statuses.Set(vm.Row, status, VmStartFailed, $"Failed to run VM {vm.Name}. {why}", "error");
        }
        else if (status != vm.Status)
        {
            statuses.Set(vm.Row, status, VmEnded, $"VM {vm.Name} is {StatusWords.Of(status)}.");
        }
    }

    /// <summary>
    /// The status of a VM that ran. The caller holds the gate, so a start that is under way was left there by a crash of this program, and
    /// is checked before it counts as started.
    /// </summary>
    private async Task<(VmStatus Status, string? Why)> StatusAsync(
        VmParts vm, IReadOnlyDictionary<string, bool> active, CancellationToken cancellationToken)
    {
        if (!active.TryGetValue(vm.Id, out var isPaused))
        {
            return (VmStatus.Down, null);
        }

        if (vm.Status is not VmStatus.WaitForLaunch)
        {
            return (vm.Status, null);
        }

        try
        {
            await starter.ConfirmAsync(vm, cancellationToken);
            return (Virsh.StatusOf(isPaused), null);
        }
        catch (ApiFaultException refused)
        {
            return (VmStatus.Down, refused.Fault.Detail);
        }
    }
}
