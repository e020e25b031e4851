namespace Nvdimm.Extensions.DomainXml;

/// <summary>How QEMU maps the device of an NVDIMM. libvirt refuses any other value.</summary>
public enum NvdimmAccess
{
    /// <summary>The guest's writes reach the device (<c>share=on</c>).</summary>
    Shared,

    /// <summary>The guest's writes stay in memory and are lost when it ends (<c>share=off</c>).</summary>
    Private,
}
