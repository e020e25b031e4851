using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Machines;

/// <summary>Looks after the host devices of the domains that run on this machine, beyond what the rules of the API say.</summary>
internal interface IStartGuard
{
    /// <summary>Takes the devices of a VM for a start, and gives the domain the figures that they have to be used with.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="domainXml">The domain with its devices.</param>
    /// <param name="listings">What the host has.</param>
    /// <returns>The domain to start.</returns>
    /// <exception cref="ApiFaultException">It must not start; nothing is taken then.</exception>
    /// <exception cref="MachineException">The machine could not be asked; nothing is taken then.</exception>
    string Begin(VmParts vm, string domainXml, HostListings listings);

    /// <summary>Compares the domain that was started, and is still paused, with what it was to be, and notes whose the devices are.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="liveXml">The domain as libvirt shows it.</param>
    /// <exception cref="ApiFaultException">It is another one: it must not run.</exception>
    /// <exception cref="MachineException">The machine could not be asked.</exception>
    void Confirm(VmParts vm, string liveXml);

    /// <summary>Gives the devices of a VM back, of which no domain is there any more.</summary>
    /// <exception cref="MachineException">The machine could not be asked.</exception>
    void End(VmParts vm);
}
