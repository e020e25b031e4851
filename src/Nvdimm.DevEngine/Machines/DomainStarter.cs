using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Machines;

/// <summary>
/// Starts domains paused, so that the guard can check what libvirt made of them before the guest runs its first instruction.
/// </summary>
internal sealed class DomainStarter(Virsh virsh, IStartGuard guard)
{
    /// <summary>Starts a VM.</summary>
    /// <exception cref="ApiFaultException">A rule or the guard refuses the start.</exception>
    /// <exception cref="MachineException">The start failed; a domain may still exist.</exception>
    public async Task StartAsync(
        VmParts vm, string domainXml, HostListings listings, bool isPaused, CancellationToken cancellationToken)
    {
        await virsh.CreateAsync(guard.Begin(vm, domainXml, listings), isPaused: true, cancellationToken);
        await ConfirmAsync(vm, cancellationToken);
        if (!isPaused)
        {
            await virsh.ResumeAsync(vm.Id, cancellationToken);
        }
    }

    /// <summary>Lets a paused VM run.</summary>
    /// <exception cref="ApiFaultException">The guard refuses to let the VM run.</exception>
    /// <exception cref="MachineException">libvirt failed to resume the VM.</exception>
    public async Task ResumeAsync(VmParts vm, CancellationToken cancellationToken)
    {
        await ConfirmAsync(vm, cancellationToken);
        await virsh.ResumeAsync(vm.Id, cancellationToken);
    }

    /// <summary>Stops a VM at once.</summary>
    /// <exception cref="MachineException">libvirt failed to stop the VM, or its devices could not be released.</exception>
    public async Task StopAsync(VmParts vm, CancellationToken cancellationToken)
    {
        await virsh.DestroyAsync(vm.Id, cancellationToken);
        guard.End(vm);
    }

    /// <summary>Checks a paused domain before it runs. If it differs from the request, it is stopped at once.</summary>
    /// <exception cref="ApiFaultException">The domain differs from the request.</exception>
    /// <exception cref="MachineException">libvirt does not answer, or cannot stop the domain.</exception>
    public async Task ConfirmAsync(VmParts vm, CancellationToken cancellationToken)
    {
        var live = await virsh.DescribeAsync(vm.Id, cancellationToken);
        try
        {
            guard.Confirm(vm, live);
        }
        catch (ApiFaultException)
        {
            await StopAsync(vm, CancellationToken.None);
            throw;
        }
    }
}
