using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Warns if the backing may lose synced data when the host crashes. The page cache maps a block device, which oVirt passes for every mode
/// but devdax, and a regular file on a file system without DAX; neither guarantees persistence.
/// </summary>
internal sealed class PersistenceNotGuaranteedRule() : NvdimmRule(
    NvdimmCodes.PersistenceNotGuaranteed, Severity.Warning, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        where device.Persistence == BackingPersistence.PageCache
        select Violation(("device", device.Name));
}
