using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Points;

/// <summary>A VM is about to be suspended to disk. Refused: its restore would write old content over the NVDIMMs.</summary>
internal sealed class BeforeVmHibernate() : RefusedWithNvdimms(HostDeviceOperation.Hibernate);
