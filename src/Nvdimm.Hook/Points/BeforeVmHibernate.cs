using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Points;

/// <summary>A VM is about to be suspended to disk: its restore would write the NVDIMMs' old content over the new.</summary>
internal sealed class BeforeVmHibernate() : RefusedWithNvdimms(NvdimmOperation.Hibernate);
