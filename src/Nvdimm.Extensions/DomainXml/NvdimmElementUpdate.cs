using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Changes the values of an NVDIMM of a domain that differ, and leaves the rest of it unchanged.</summary>
internal static class NvdimmElementUpdate
{
    /// <summary>
    /// Returns the edit; null if nothing differs. A label or an alignment that <paramref name="wanted"/> does not have is removed, since
    /// either changes what the guest sees. Everything else that it does not have stays.
    /// </summary>
    public static TextEdit? Of(XElement old, Domain domain, NvdimmElement wanted)
    {
        var changed = new XElement(old);
        SetAccess(changed, domain, wanted);

        if (wanted.Uuid is { } uuid)
        {
            SetUuid(changed, uuid);
        }

        var (source, target) = (Child(changed, "source"), Child(changed, "target"));
        if (wanted.AlignSize is null && IsStated(source.Element("alignsize")))
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
        else if (IsStated(target.Element("label")?.Element("size")))
        {
            target.Element("label")!.Remove();
        }

        if (wanted.IsReadOnly)
        {
            Child(target, "readonly");
        }

        var span = Domain.SpanOf(old);
        return XNode.DeepEquals(old, changed)
            ? null
            : new TextEdit(span.Start, span.End - span.Start, changed.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Whether an element states something: libvirt 9.0.0 takes an empty size and a size of 0 for none (measured).</summary>
    private static bool IsStated(XElement? element) =>
        DomainSizes.ReadOptional(element, "size") is { Value.Bytes: > 0 } or { Findings.Count: > 0 };

    /// <summary>Writes the access unless the NVDIMM already has it, by its own attribute or from the domain.</summary>
    private static void SetAccess(XElement memory, Domain domain, NvdimmElement wanted)
    {
        var own = Domain.AccessOf((string?)memory.Attribute("access"));
        var current = own ?? domain.InheritedAccess(NvdimmElementReader.NodeOf(memory.Element("target")?.Element("node")));
        if (wanted.Access is { } access && access != current)
        {
            memory.SetAttributeValue("access", access == NvdimmAccess.Shared ? "shared" : "private");
        }
    }

    private static void SetUuid(XElement memory, Guid uuid)
    {
        if (memory.Element("uuid") is not { } element)
        {
            memory.AddFirst(new XElement("uuid", uuid.ToString("D")));
        }
        else if (!Guid.TryParse(element.Value.Trim(), out var old) || old != uuid)
        {
            element.Value = uuid.ToString("D");
        }
    }

    private static void SetSize(XElement parent, string name, ByteSize? wanted)
    {
        if (wanted is not { } size
            || (LibvirtSize.TryParse(parent.Element(name)?.Value, (string?)parent.Element(name)?.Attribute("unit"), out var current)
                && current == size))
        {
            return;
        }

        var element = Child(parent, name);
        element.SetAttributeValue("unit", "KiB");
        element.Value = Text(size.ToKiBExact());
    }

    private static XElement Child(XElement parent, string name)
    {
        if (parent.Element(name) is { } present)
        {
            return present;
        }

        var added = new XElement(name);
        parent.Add(added);
        return added;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
