using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Points;

/// <summary>A VM is about to migrate away: its NVDIMMs stay here.</summary>
internal sealed class BeforeVmMigrateSource() : RefusedWithNvdimms(NvdimmOperation.Migrate);
