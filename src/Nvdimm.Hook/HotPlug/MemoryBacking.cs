using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hooks;

namespace Nvdimm.Hook.HotPlug;

/// <summary>
/// How libvirt backs the memory of a domain (libvirt v9.0.0 <c>src/qemu/qemu_command.c</c>, qemuBuildMemoryBackendProps; measured with
/// <c>virsh domxml-to-native</c>). QEMU aligns anonymous memory to 2 MiB, and a file, a memfd or huge pages to their page.
/// </summary>
internal sealed record MemoryBacking
{
    private const string Subject = "The running domain";

    /// <summary>The huge pages: of some guest nodes, or of all others; a size of null is the host's default.</summary>
    private ValueList<(ByteSize? Size, ValueList<int>? Nodes)> HugePages { get; init; } = [];

    /// <summary>Whether all memory is in a file or a memfd.</summary>
    private bool IsFile { get; init; }

    /// <summary>The guest nodes whose memory is in a file.</summary>
    private ValueList<int> FileNodes { get; init; } = [];

    /// <summary>Reads it from a domain.</summary>
    /// <exception cref="HookException">What it says is nothing that libvirt takes.</exception>
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
                .Select(cell => int.TryParse((string?)cell.Attribute("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1)
                .ToValueList(),
        };
    }

    /// <summary>What QEMU aligns memory to that is plugged; null for anonymous memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="root">The folder below which <c>proc</c> is.</param>
    /// <exception cref="HookException">The host does not say how large its huge pages are.</exception>
    public Alignment? AlignOf(PluggedMemory memory, string root)
    {
        var page = memory.PageSize is { Bytes: > 0 } own ? own : OfNode(memory.Node, root);
        return page is { } size && size.Bytes != Environment.SystemPageSize ? Alignment.FromBytes(size.Bytes)
            : IsFile || memory.HasAccess || (memory.Node is { } node && FileNodes.Contains(node)) ? Alignment.FromBytes(Environment.SystemPageSize)
            : null;
    }

    private ByteSize? OfNode(int? node, string root)
    {
        var ofNode = HugePages.Where(page => node is { } own && page.Nodes?.Contains(own) == true);
        return ofNode.Concat(HugePages.Where(page => page.Nodes is null)).ToList() is [var (size, _), ..] ? size ?? Default(root) : null;
    }

    private static (ByteSize? Size, ValueList<int>? Nodes) Page(XElement page)
    {
        var unit = (string?)page.Attribute("unit");
        if (!LibvirtSize.TryParse((string?)page.Attribute("size"), unit, out var size))
        {
            throw HookException.Payload(Subject, $"its huge pages have no size that libvirt takes: '{(string?)page.Attribute("size")}' in '{unit ?? "KiB"}'");
        }

        return (string?)page.Attribute("nodeset") is not { } text ? (size, null)
            : NodeSet.TryParse(text, out var nodes) ? (size, nodes)
            : throw HookException.Payload(Subject, $"its huge pages have nodes that cannot be read: '{text}'");
    }

    /// <summary>The size of a huge page where the domain names none.</summary>
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
                    : throw HookException.Payload(Subject, $"it has huge pages of the host's default size, and {path} does not say which that is");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw HookException.Payload(Subject, $"it has huge pages of the host's default size, which is not known: {failure.Message}", failure);
        }
    }
}
