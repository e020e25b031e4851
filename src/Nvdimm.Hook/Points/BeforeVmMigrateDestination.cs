using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Points;

/// <summary>
/// A VM is about to arrive from another host. Refused: the migration would write the content of its NVDIMMs over the devices here.
/// </summary>
internal sealed class BeforeVmMigrateDestination() : RefusedWithNvdimms(HostDeviceOperation.Migrate);
