using System.Globalization;
using System.Text;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Writes the XML of an NVDIMM as oVirt does.</summary>
internal static class NvdimmElementWriter
{
    /// <summary>
    /// Writes the element with <paramref name="newLine"/> between the lines and <paramref name="step"/> as indentation; both may be empty.
    /// </summary>
    public static string Write(NvdimmElement element, string newLine, string step)
    {
        var text = new StringBuilder();
        foreach (var (depth, line) in Lines(element))
        {
            text.Append(depth == 0 && text.Length == 0 ? "" : newLine);
            text.Insert(text.Length, step, depth);
            text.Append(line);
        }

        return text.ToString();
    }

    // oVirt Engine 4.5, LibvirtVmXmlBuilder.writeNvdimmHostDevice: order and units. oVirt writes no UUID; it is where libvirt v9.0.0 writes
    // it (src/conf/domain_conf.c, virDomainMemoryDefFormat).
    private static IEnumerable<(int Depth, string Line)> Lines(NvdimmElement element)
    {
        yield return (0, $"<memory model=\"nvdimm\"{Access(element.Access)}>");
        if (element.Uuid is { } uuid)
        {
            yield return (1, $"<uuid>{uuid:D}</uuid>");
        }

        yield return (1, "<source>");
        yield return (2, $"<path>{Escape(element.Path)}</path>");
        if (element.AlignSize is { } align)
        {
            yield return (2, $"<alignsize unit=\"KiB\">{KiB(align)}</alignsize>");
        }

        if (element.IsPmem)
        {
            yield return (2, "<pmem/>");
        }

        yield return (1, "</source>");
        yield return (1, "<target>");
        yield return (2, $"<size unit=\"KiB\">{KiB(element.TargetSize)}</size>");
        if (element.GuestNode is { } node)
        {
            yield return (2, $"<node>{node.ToString(CultureInfo.InvariantCulture)}</node>");
        }

        if (element.LabelSize is { } label)
        {
            yield return (2, "<label>");
            yield return (3, $"<size unit=\"KiB\">{KiB(label)}</size>");
            yield return (2, "</label>");
        }

        if (element.IsReadOnly)
        {
            yield return (2, "<readonly/>");
        }

        yield return (1, "</target>");
        if (element.Alias is { } alias)
        {
            yield return (1, $"<alias name=\"{Escape(alias)}\"/>");
        }

        yield return (0, "</memory>");
    }

    private static string Access(NvdimmAccess? access) => access switch
    {
        NvdimmAccess.Shared => " access=\"shared\"",
        NvdimmAccess.Private => " access=\"private\"",
        _ => "",
    };

    private static string KiB(ByteSize size) => size.ToKiBExact().ToString(CultureInfo.InvariantCulture);

    /// <summary>Escapes markup, and white space that an XML reader would normalise, so that the text is read back unchanged.</summary>
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("\t", "&#9;", StringComparison.Ordinal)
        .Replace("\n", "&#10;", StringComparison.Ordinal)
        .Replace("\r", "&#13;", StringComparison.Ordinal);
}
