using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Points;

/// <summary>A VM is about to be restored from disk or from a snapshot with memory: that would write the NVDIMMs' old content over the new.</summary>
internal sealed class BeforeVmDehibernate() : RefusedWithNvdimms(NvdimmOperation.Hibernate);
