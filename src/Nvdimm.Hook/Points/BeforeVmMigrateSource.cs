using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Points;

/// <summary>A VM is about to migrate away. Refused: its NVDIMMs stay on this host.</summary>
internal sealed class BeforeVmMigrateSource() : RefusedWithNvdimms(HostDeviceOperation.Migrate);
