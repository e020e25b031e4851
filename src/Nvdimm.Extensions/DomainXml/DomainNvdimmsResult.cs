namespace Nvdimm.Extensions.DomainXml;

/// <summary>The NVDIMMs of a domain.</summary>
/// <param name="Elements">The NVDIMMs that could be read, in the domain's order.</param>
/// <param name="NetMemory">
/// The VM's own memory in bytes, if the XML is as libvirt shows it, running or not: there <c>&lt;memory&gt;</c> includes the NVDIMMs, which
/// are subtracted here. In XML that an engine sends it does not include them, and this value is meaningless. Null if an NVDIMM or the
/// memory cannot be read, or if the NVDIMMs are not smaller than the memory.
/// </param>
/// <param name="Findings">The values that could not be read.</param>
public sealed record DomainNvdimmsResult(ValueList<NvdimmElement> Elements, ByteSize? NetMemory, ValueList<Finding> Findings);
