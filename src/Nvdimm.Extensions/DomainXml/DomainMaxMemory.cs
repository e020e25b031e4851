using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>The domain's <c>&lt;maxMemory&gt;</c> and its slots.</summary>
internal static class DomainMaxMemory
{
    /// <summary>The edit that makes room for more NVDIMMs; null with a finding.</summary>
    public static TextEdit? Grow(DomainDocument domain, IReadOnlyCollection<NvdimmElement> elements, List<Finding> findings)
    {
        var needed = domain.MemoryDevices.Count() + elements.Count;
        if (Slots(domain, findings) is { } slots && needed > slots)
        {
            findings.Add(Finding.Error(NvdimmCodes.NoMemorySlot, ("vm", domain.Name), ("needed", Text(needed)), ("slots", Text(slots))));
        }

        var isPower = IsPower(domain, elements);
        var current = domain.MaxMemory is { } element ? DomainSizes.Read(element, domain.Root, "maxMemory", findings) : domain.InitialMemory(findings);
        if (current is not { } size)
        {
            return null;
        }

        var total = elements.Aggregate((UInt128)size.Bytes, (sum, added) => sum + (UInt128)Share(added.TargetSize, isPower).Bytes);
        if (total > long.MaxValue)
        {
            findings.Add(DomainDocument.BadValue(domain.MaxMemory ?? domain.Root, "maxMemory", Text(size.Bytes), "a size with room for more"));
            return null;
        }

        var wanted = ByteSize.FromBytes((long)total);
        return domain.MaxMemory is { } present ? Rewrite(present, wanted) : Insert(domain, wanted);
    }

    /// <summary>The edit that makes room where NVDIMMs get other sizes, or where libvirt's rounding needs it; none where there is enough.</summary>
    public static IEnumerable<TextEdit> Fit(DomainDocument domain, IReadOnlyCollection<(XElement Old, NvdimmElement New)> updates, List<Finding> findings)
    {
        if (Slots(domain, findings) is { } slots && domain.MemoryDevices.Count() is var needed && needed > slots)
        {
            findings.Add(Finding.Error(NvdimmCodes.NoMemorySlot, ("vm", domain.Name), ("needed", Text(needed)), ("slots", Text(slots))));
        }

        var isPower = IsPower(domain, updates.Select(update => update.New).ToArray());
        var current = DomainSizes.ReadOptional(domain.MaxMemory, "maxMemory", findings);
        var initial = domain.InitialMemory(findings);
        var others = Shares(domain.MemoryDevices.Except(updates.Select(update => update.Old)), isPower, findings);
        if (initial is not { } memory || others is not { } rest || (current is null && domain.MaxMemory is not null))
        {
            return [];
        }

        var growth = Int128.Zero;
        var own = Int128.Zero;
        foreach (var (old, wanted) in updates)
        {
            own += Share(wanted.TargetSize, isPower).Bytes;
            growth += Share(wanted.TargetSize, isPower).Bytes - (DomainSizes.Read(old.Element("target")?.Element("size"), old, "size", findings)?.Bytes ?? 0);
        }

        var smallest = (Int128)memory.Bytes + rest + own;
        var total = current is { } size ? Int128.Max(smallest, Int128.Max(size.Bytes, size.Bytes + growth)) : smallest;
        if (total > long.MaxValue)
        {
            findings.Add(DomainDocument.BadValue(domain.MaxMemory ?? domain.Root, "maxMemory", $"{current?.Bytes}", "a size with room for more"));
            return [];
        }

        var enough = ByteSize.FromBytes((long)total);
        return domain.MaxMemory is not { } present ? [Insert(domain, enough)] : enough == current ? [] : [Rewrite(present, enough)];
    }

    /// <summary>The edit that takes the room of NVDIMMs away again; none where there is no such element.</summary>
    public static IEnumerable<TextEdit> Shrink(DomainDocument domain, IReadOnlyCollection<XElement> removed, List<Finding> findings)
    {
        if (domain.MaxMemory is not { } element)
        {
            return [];
        }

        var isPower = domain.Architecture is { IsPower: true };
        var current = DomainSizes.Read(element, domain.Root, "maxMemory", findings);
        var initial = domain.InitialMemory(findings);
        var gone = Shares(removed, isPower, findings);
        var left = domain.MemoryDevices.Except(removed).ToArray();
        var needed = Shares(left, isPower, findings);
        if (current is not { } size || initial is not { } memory || gone is not { } share || needed is not { } rest)
        {
            return [];
        }

        var smallest = (Int128)memory.Bytes + rest;
        var wanted = Int128.Max(size.Bytes - share, Int128.Min(smallest, size.Bytes));
        return left.Length == 0 && wanted <= memory.Bytes
            ? [DomainDevices.Cut(domain, element)]
            : [Rewrite(element, ByteSize.FromBytes((long)wanted))];
    }

    // libvirt v9.0.0 and QEMU 7.2, measured: libvirt lets a maxMemory pass that covers the memory and the target sizes as written, then
    // rounds them up, and QEMU refuses to start. POWER rounds down.
    private static ByteSize Share(ByteSize targetSize, bool isPower) =>
        isPower || targetSize.Bytes > long.MaxValue - LibvirtArithmetic.RoundUpToModule(1)
            ? targetSize
            : ByteSize.FromBytes(LibvirtArithmetic.RoundUpToModule(targetSize.Bytes));

    private static Int128? Shares(IEnumerable<XElement> devices, bool isPower, List<Finding> findings)
    {
        Int128? total = 0;
        foreach (var device in devices)
        {
            var size = DomainSizes.Read(device.Element("target")?.Element("size"), device, "size", findings);
            total = size is { } known ? total + Share(known, isPower).Bytes : null;
        }

        return total;
    }

    private static bool IsPower(DomainDocument domain, IReadOnlyCollection<NvdimmElement> elements) =>
        domain.Architecture?.IsPower ?? elements.Any(element => element.Architecture is { IsPower: true });

    /// <summary>The slots; libvirt wants them wherever there is a maximum.</summary>
    public static int? Slots(DomainDocument domain, List<Finding> findings)
    {
        if (domain.MaxMemory is not { } element)
        {
            return DomainMemory.Slots;
        }

        var text = (string?)element.Attribute("slots");
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var slots))
        {
            return slots;
        }

        findings.Add(DomainDocument.BadValue(element, "maxMemory slots", text, "a number of slots"));
        return null;
    }

    /// <summary>A new one where oVirt writes it, and as it writes it: without unit, which is KiB.</summary>
    private static TextEdit Insert(DomainDocument domain, ByteSize size)
    {
        var anchor = DomainDocument.SpanOf(domain.Root.Element("currentMemory") ?? domain.Root.Element("memory") ?? domain.Root.Elements().First());
        var space = TextLayout.LineBreak(TextLayout.Before(domain.Text, anchor.Start));
        return new TextEdit(anchor.End, 0, $"{space}<maxMemory slots=\"{Text(DomainMemory.Slots)}\">{Text(size.ToKiBExact())}</maxMemory>");
    }

    private static TextEdit Rewrite(XElement element, ByteSize size)
    {
        var span = DomainDocument.SpanOf(element);
        var factor = LibvirtSize.Factor((string?)element.Attribute("unit"))!.Value;
        if (size.Bytes % factor == 0)
        {
            return new TextEdit(span.InnerStart, span.InnerEnd - span.InnerStart, Text(size.Bytes / factor));
        }

        var rewritten = new XElement(element) { Value = Text(size.ToKiBExact()) };
        rewritten.SetAttributeValue("unit", "KiB");
        return new TextEdit(span.Start, span.End - span.Start, rewritten.ToString(SaveOptions.DisableFormatting));
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
