using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Machines;

/// <summary>Starts domains: paused, so that what libvirt has made of them is looked at before the guest runs its first instruction.</summary>
internal sealed class DomainStarter(Virsh virsh, IStartGuard guard)
{
    /// <summary>Starts a VM.</summary>
    /// <exception cref="ApiFaultException">It must not start.</exception>
    /// <exception cref="MachineException">It does not start; a domain can be left all the same.</exception>
    public async Task StartAsync(VmParts vm, string domainXml, HostListings listings, bool isPaused, CancellationToken cancellationToken)
    {
        await virsh.CreateAsync(guard.Begin(vm, domainXml, listings), isPaused: true, cancellationToken);
        await ConfirmAsync(vm, cancellationToken);
        if (!isPaused)
        {
            await virsh.ResumeAsync(vm.Id, cancellationToken);
        }
    }

    /// <summary>Lets a paused VM run.</summary>
    /// <exception cref="ApiFaultException">It must not run.</exception>
    /// <exception cref="MachineException">It does not.</exception>
    public async Task ResumeAsync(VmParts vm, CancellationToken cancellationToken)
    {
        await ConfirmAsync(vm, cancellationToken);
        await virsh.ResumeAsync(vm.Id, cancellationToken);
    }

    /// <summary>Stops a VM at once.</summary>
    /// <exception cref="MachineException">It does not stop, or its devices cannot be given back.</exception>
    public async Task StopAsync(VmParts vm, CancellationToken cancellationToken)
    {
        await virsh.DestroyAsync(vm.Id, cancellationToken);
        guard.End(vm);
    }

    /// <summary>Looks at a paused domain before it runs. One that is not what it was to be ends at once.</summary>
    /// <exception cref="ApiFaultException">It must not run.</exception>
    /// <exception cref="MachineException">libvirt does not answer, or it does not end.</exception>
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
