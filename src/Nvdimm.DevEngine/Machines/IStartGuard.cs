using Nvdimm.DevEngine.Hosts;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Machines;

/// <summary>Protects the host devices of domains on this machine, beyond the rules of the API.</summary>
internal interface IStartGuard
{
    /// <summary>Claims the devices of a VM for a start, and writes the figures that they must be used with into the domain.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="domainXml">The domain with its devices.</param>
    /// <param name="listings">The host's devices.</param>
    /// <returns>The domain to start.</returns>
    /// <exception cref="ApiFaultException">The start is refused; nothing is claimed.</exception>
    /// <exception cref="MachineException">The machine could not be asked; nothing is claimed.</exception>
    string Begin(VmParts vm, string domainXml, HostListings listings);

    /// <summary>Compares the started, still paused domain with the requested one, and records the owner of each device.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="liveXml">The domain as libvirt shows it.</param>
    /// <exception cref="ApiFaultException">The domain differs from the request and must not run.</exception>
    /// <exception cref="MachineException">The machine could not be asked.</exception>
    void Confirm(VmParts vm, string liveXml);

    /// <summary>Releases the devices of a VM whose domain no longer exists.</summary>
    /// <exception cref="MachineException">The machine could not be asked.</exception>
    void End(VmParts vm);
}
