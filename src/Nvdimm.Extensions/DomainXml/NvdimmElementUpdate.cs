using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Changes an NVDIMM of a domain where its figures are others, and leaves all else in it.</summary>
internal static class NvdimmElementUpdate
{
    /// <summary>
    /// The edit; null where nothing differs. A label or an alignment that <paramref name="wanted"/> does not have is removed, since either changes
    /// what the guest sees; everything else that it does not have stays as it is.
    /// </summary>
    public static TextEdit? Of(XElement old, DomainDocument domain, NvdimmElement wanted)
    {
        var changed = new XElement(old);
        SetAccess(changed, domain, wanted);

        if (wanted.Uuid is { } uuid)
        {
            SetUuid(changed, uuid);
        }

        var (source, target) = (Child(changed, "source"), Child(changed, "target"));
        if (wanted.AlignSize is null && IsSize(source.Element("alignsize")))
        {
            source.Element("alignsize")!.Remove();
        }

        SetSize(source, "alignsize", wanted.AlignSize);
        if (wanted.IsPmem)
        {
            Child(source, "pmem");
        }

        SetSize(target, "size", wanted.TargetSize);
        if (wanted.GuestNode is { } node && NvdimmElementReader.NodeOf(target.Element("node")) != node)
        {
            target.SetElementValue("node", Text(node));
        }

        if (wanted.LabelSize is { } label)
        {
            SetSize(Child(target, "label"), "size", label);
        }
        else if (IsSize(target.Element("label")?.Element("size")))
        {
            target.Element("label")!.Remove();
        }

        if (wanted.IsReadOnly)
        {
            Child(target, "readonly");
        }

        var span = DomainDocument.SpanOf(old);
        return XNode.DeepEquals(old, changed) ? null : new TextEdit(span.Start, span.End - span.Start, changed.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Whether an element has a size above 0: libvirt 9.0.0 drops one of 0 (measured).</summary>
    private static bool IsSize(XElement? element) => LibvirtSize.TryParse(element?.Value, (string?)element?.Attribute("unit"), out var size) && size > ByteSize.Zero;

    /// <summary>An access that the NVDIMM has already, by its own attribute or from the domain, is not written.</summary>
    private static void SetAccess(XElement memory, DomainDocument domain, NvdimmElement wanted)
    {
        var own = DomainDocument.AccessOf((string?)memory.Attribute("access"));
        var there = own ?? domain.InheritedAccess(NvdimmElementReader.NodeOf(memory.Element("target")?.Element("node")));
        if (wanted.Access is { } access && access != there)
        {
            memory.SetAttributeValue("access", access == NvdimmAccess.Shared ? "shared" : "private");
        }
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
