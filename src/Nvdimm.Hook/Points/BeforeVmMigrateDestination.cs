using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Points;

/// <summary>A VM is about to come from another host: the content of its NVDIMMs would be written over the devices here.</summary>
internal sealed class BeforeVmMigrateDestination() : RefusedWithNvdimms(NvdimmOperation.Migrate);
