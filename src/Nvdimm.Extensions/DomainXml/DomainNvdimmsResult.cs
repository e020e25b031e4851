namespace Nvdimm.Extensions.DomainXml;

/// <summary>The NVDIMMs of a domain.</summary>
/// <param name="Elements">Those that could be read, in the domain's order.</param>
/// <param name="NetMemory">
/// The VM's own memory in bytes, for the XML of a domain as libvirt shows it, running or not: there <c>&lt;memory&gt;</c> includes the NVDIMMs,
/// which are taken off here. In the XML that an engine sends it does not, so that this means nothing there. Null where an NVDIMM or the
/// memory cannot be read, and where the NVDIMMs are not smaller than it.
/// </param>
/// <param name="Findings">What could not be read.</param>
public sealed record DomainNvdimmsResult(ValueList<NvdimmElement> Elements, ByteSize? NetMemory, ValueList<Finding> Findings);
