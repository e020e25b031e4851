namespace Nvdimm.Extensions.DomainXml;

/// <summary>How QEMU maps the device of an NVDIMM. libvirt knows only these two; it refuses any other word.</summary>
public enum NvdimmAccess
{
    /// <summary>The guest's writes reach the device (<c>share=on</c>).</summary>
    Shared,

    /// <summary>The guest's writes stay in memory and are gone when it ends (<c>share=off</c>).</summary>
    Private,
}
