using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.DevEngine.Operations;

/// <summary>
/// Clones VMs. The engine copies host devices if the copy is pinned as the original is (oVirt Engine 4.5,
/// <c>VmDeviceUtils.canCopyHostDevices</c>); the rules refuse a copy that would share one.
/// </summary>
internal sealed class CloneOperations(HostDeviceOperations devices, VmCreation creation)
{
    /// <summary>Makes a VM with the configuration of one that is down.</summary>
    /// <exception cref="ApiFaultException">There is no such VM, it is not down, a rule refuses, or the name is taken.</exception>
    public Task<VmParts> CloneAsync(string vm, string name, string user, CancellationToken cancellationToken) => devices.WithListingsAsync(
        vm,
        (session, parts, listings) =>
        {
            VmEditor.RequireDown(parts, "add");
            VmEditor.Require(devices.Check(HostDeviceOperations.Request(session, parts, HostDeviceOperation.Clone), listings));
            return creation.Copy(session, name, parts, user);
        },
        cancellationToken);
}
