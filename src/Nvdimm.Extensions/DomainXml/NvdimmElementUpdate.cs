using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Changes an NVDIMM of a domain where its figures are others, and leaves all else in it.</summary>
internal static class NvdimmElementUpdate
{
    /// <summary>The edit; null where nothing differs.</summary>
    public static TextEdit? Of(XElement old, NvdimmElement wanted)
    {
        var changed = new XElement(old);
        if (wanted.IsShared)
        {
            changed.SetAttributeValue("access", "shared");
        }

        if (wanted.Uuid is { } uuid)
        {
            SetUuid(changed, uuid);
        }

        var (source, target) = (Child(changed, "source"), Child(changed, "target"));
        SetSize(source, "alignsize", wanted.AlignSize);
        if (wanted.IsPmem)
        {
            Child(source, "pmem");
        }

        SetSize(target, "size", wanted.TargetSize);
        if (wanted.GuestNode is { } node && target.Element("node")?.Value.Trim() != Text(node))
        {
            target.SetElementValue("node", Text(node));
        }

        if (wanted.LabelSize is { } label)
        {
            SetSize(Child(target, "label"), "size", label);
        }

        var span = DomainDocument.SpanOf(old);
        return XNode.DeepEquals(old, changed) ? null : new TextEdit(span.Start, span.End - span.Start, changed.ToString(SaveOptions.DisableFormatting));
    }

    private static void SetUuid(XElement memory, Guid uuid)
    {
        if (memory.Element("uuid") is not { } there)
        {
            memory.AddFirst(new XElement("uuid", uuid.ToString("D")));
        }
        else if (!Guid.TryParse(there.Value.Trim(), out var old) || old != uuid)
        {
            there.Value = uuid.ToString("D");
        }
    }

    private static void SetSize(XElement parent, string name, ByteSize? wanted)
    {
        if (wanted is not { } size
            || (LibvirtSize.TryParse(parent.Element(name)?.Value, (string?)parent.Element(name)?.Attribute("unit"), out var there) && there == size))
        {
            return;
        }

        var element = Child(parent, name);
        element.SetAttributeValue("unit", "KiB");
        element.Value = Text(size.ToKiBExact());
    }

    private static XElement Child(XElement parent, string name)
    {
        if (parent.Element(name) is { } there)
        {
            return there;
        }

        var made = new XElement(name);
        parent.Add(made);
        return made;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
