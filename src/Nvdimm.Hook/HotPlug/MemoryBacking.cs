using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hooks;

namespace Nvdimm.Hook.HotPlug;

/// <summary>
/// How libvirt backs the memory of a domain (libvirt v9.0.0 <c>src/qemu/qemu_command.c</c>, qemuBuildMemoryBackendProps; measured with
/// <c>virsh domxml-to-native</c>). QEMU aligns anonymous memory to 2 MiB, and a file, a memfd or huge pages to their page size.
/// </summary>
internal sealed record MemoryBacking
{
    private const string Subject = "The running domain";

    /// <summary>The huge pages by guest node; null nodes stand for all other nodes, a null size for the host's default.</summary>
    private ValueList<(ByteSize? Size, ValueList<int>? Nodes)> HugePages { get; init; } = [];

    /// <summary>Whether all memory is backed by a file or a memfd.</summary>
    private bool IsFile { get; init; }

    /// <summary>The guest nodes whose memory is backed by a file.</summary>
    private ValueList<int> FileNodes { get; init; } = [];

    /// <summary>Reads the memory backing of a domain.</summary>
    /// <exception cref="HookException">The domain has a value that libvirt does not accept.</exception>
    public static MemoryBacking Read(XElement domain)
    {
        var backing = domain.Element("memoryBacking");
        var huge = backing?.Element("hugepages");
        return new MemoryBacking
        {
            HugePages = huge is null ? [] : huge.Elements("page").Select(Page).DefaultIfEmpty((Size: null, Nodes: null)).ToValueList(),
            IsFile = (string?)backing?.Element("source")?.Attribute("type") is "file" or "memfd" || backing?.Element("access") is not null,
            FileNodes = domain.Elements("cpu").Elements("numa").Elements("cell")
                .Where(cell => cell.Attribute("memAccess") is not null)
                .Select(cell =>
                    int.TryParse((string?)cell.Attribute("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1)
                .ToValueList(),
        };
    }

    /// <summary>The alignment that QEMU gives to plugged memory; null for anonymous memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="root">The folder below which <c>proc</c> is.</param>
    /// <exception cref="HookException">The size of the host's huge pages cannot be read.</exception>
    public Alignment? AlignOf(PluggedMemory memory, string root)
    {
        var page = memory.PageSize is { Bytes: > 0 } named ? named : OfNode(memory.Node, root);
        return page is { } size && size.Bytes != Environment.SystemPageSize ? Alignment.FromBytes(size.Bytes)
            : IsFile || memory.HasAccess || (memory.Node is { } node && FileNodes.Contains(node))
                ? Alignment.FromBytes(Environment.SystemPageSize)
            : null;
    }

    private ByteSize? OfNode(int? node, string root)
    {
        var ofNode = HugePages.Where(page => node is { } number && page.Nodes?.Contains(number) == true);
        return ofNode.Concat(HugePages.Where(page => page.Nodes is null)).ToList() is [var (size, _), ..] ? size ?? Default(root) : null;
    }

    private static (ByteSize? Size, ValueList<int>? Nodes) Page(XElement page)
    {
        var unit = (string?)page.Attribute("unit");
        if (!LibvirtSize.TryParse((string?)page.Attribute("size"), unit, out var size))
        {
            throw HookException.Payload(
                Subject, $"its huge pages have no size that libvirt takes: '{(string?)page.Attribute("size")}' in '{unit ?? "KiB"}'");
        }

        return (string?)page.Attribute("nodeset") is not { } text ? (size, null)
            : NodeSet.TryParse(text, out var nodes) ? (size, nodes)
            : throw HookException.Payload(Subject, $"its huge pages have nodes that cannot be read: '{text}'");
    }

    /// <summary>The host's default huge page size, for a domain that names no size.</summary>
    private static ByteSize Default(string root)
    {
        const string Key = "Hugepagesize:";
        var path = Path.Combine(root, "proc", "meminfo");
        try
        {
            return File.ReadLines(path).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line
                && line[Key.Length..].Trim().Split(' ') is [var number, "kB"]
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                    ? ByteSize.FromKiB(size)
                    : throw HookException.Payload(
                        Subject, $"it has huge pages of the host's default size, and {path} does not say which that is");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw HookException.Payload(
                Subject, $"it has huge pages of the host's default size, which is not known: {failure.Message}", failure);
        }
    }
}
