using Nvdimm.Extensions.Policy;

namespace Nvdimm.Hook.Points;

/// <summary>
/// A VM is about to be restored from disk or from a snapshot with memory. Refused: that would write old content over the NVDIMMs.
/// </summary>
internal sealed class BeforeVmDehibernate() : RefusedWithNvdimms(HostDeviceOperation.Hibernate);
