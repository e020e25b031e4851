namespace Nvdimm.Lab.Tests;

/// <summary>An NVDIMM of a domain, as some manager writes it: with the elements that it writes and no others.</summary>
/// <param name="Path">The device or file.</param>
/// <param name="Size">The target size.</param>
/// <param name="AlignSize">The alignment; null for no such element.</param>
/// <param name="Access">The attribute <c>access</c>; null for none.</param>
internal sealed record LabNvdimm(string Path, ByteSize Size, Alignment? AlignSize, string? Access = "shared")
{
    /// <summary>The size of the label area. The smallest that libvirt takes is what the engine always writes.</summary>
    public ByteSize LabelSize { get; init; } = ByteSize.FromKiB(128);

    /// <summary>Whether it has the element <c>pmem</c>: QEMU then asks for a mapping that outlives a crash of the host.</summary>
    public bool IsPmem { get; init; }

    /// <summary>The element <c>memory</c>, for the guest's first NUMA node.</summary>
    public string Xml =>
        $"""
        <memory model='nvdimm'{(Access is null ? "" : $" access='{Access}'")}>
          <source><path>{Path}</path>{(AlignSize is { } align ? $"<alignsize unit='b'>{align.Bytes}</alignsize>" : "")}{(IsPmem ? "<pmem/>" : "")}</source>
          <target><size unit='b'>{Size.Bytes}</size><node>0</node><label><size unit='b'>{LabelSize.Bytes}</size></label></target>
        </memory>
        """;
}
