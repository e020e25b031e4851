using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The backing keeps what the guest has synced when the host crashes. A block device, which is what oVirt passes for all modes but
/// devdax, is mapped through the page cache and does not; neither is a regular file on a file system without DAX.
/// </summary>
internal sealed class PersistenceNotGuaranteedRule() : NvdimmRule(
    NvdimmCodes.PersistenceNotGuaranteed, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Persistence == BackingPersistence.PageCache
        select Violation(("device", device.Name));
}
