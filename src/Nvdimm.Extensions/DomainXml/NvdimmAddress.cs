namespace Nvdimm.Extensions.DomainXml;

/// <summary>The <c>&lt;address&gt;</c> of an NVDIMM.</summary>
/// <param name="Type">The type as written; the valid one is <c>dimm</c>. Null if none is written, which libvirt refuses.</param>
/// <param name="Slot">The memory slot, from 0; null if none is written, or the type is not <c>dimm</c>.</param>
/// <param name="Base">
/// The guest address in bytes. Null if QEMU chooses it: none is written, it is 0, or the type is not <c>dimm</c>. libvirt 9.0.0 reads it as
/// hexadecimal with and without <c>0x</c> (measured: <c>4294967296</c> becomes 0x4294967296).
/// </param>
public sealed record NvdimmAddress(string? Type, uint? Slot, ByteSize? Base)
{
    /// <summary>Whether the type is <c>dimm</c>.</summary>
    public bool IsDimm => Type == "dimm";
}
