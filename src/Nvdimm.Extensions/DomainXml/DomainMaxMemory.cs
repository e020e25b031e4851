using System.Globalization;
using System.Xml.Linq;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Computes and edits the domain's <c>&lt;maxMemory&gt;</c> and its slots. Sizes are in bytes.</summary>
internal static class DomainMaxMemory
{
    /// <summary>Returns the edit that makes room for more NVDIMMs; null with a finding if there can be none.</summary>
    public static (TextEdit? Edit, ValueList<Finding> Findings) Grow(Domain domain, IReadOnlyCollection<NvdimmElement> elements)
    {
        var needed = domain.SlotDevices.Count() + elements.Count;
        var (slots, ofSlots) = Slots(domain);
        if (slots is { } most && needed > most)
        {
            ofSlots =
            [
                .. ofSlots,
                Finding.Error(NvdimmCodes.NoMemorySlot, ("vm", domain.Name), ("needed", Text(needed)), ("slots", Text(most))),
            ];
        }

        var family = domain.FamilyBeside(elements);
        var current = domain.MaxMemory is { } element
            ? DomainSizes.Read(element, domain.Root, "maxMemory")
            : domain.InitialMemory();
        var findings = Reading.Join(ofSlots, current.Findings);
        if (current.Value is not { } size)
        {
            return (null, findings);
        }

        var total = elements.Aggregate((Int128)size.Bytes, (sum, added) => sum + DomainMemoryDevice.Of(added, family).Share);
        if (total > long.MaxValue)
        {
            var place = domain.MaxMemory ?? domain.Root;
            return (null, [.. findings, Domain.BadValue(place, "maxMemory", Text(size.Bytes), "a size with room for more")]);
        }

        var wanted = ByteSize.FromBytes((long)total);
        return (domain.MaxMemory is { } present ? Rewrite(present, wanted) : Insert(domain, wanted), findings);
    }

    /// <summary>
    /// Returns the edit that makes room if NVDIMMs change their sizes, or if libvirt's rounding needs it; none if there is room. It does
    /// not repair a domain that libvirt refuses anyway: one without a maximum, or with one that is too small (<see cref="Covers"/>).
    /// </summary>
    public static (ValueList<TextEdit> Edits, ValueList<Finding> Findings) Fit(
        Domain domain, IReadOnlyCollection<(XElement Old, NvdimmElement New)> updates)
    {
        var family = domain.FamilyBeside(updates.Select(update => update.New));
        var wanted = updates.ToDictionary(update => update.Old, update => DomainMemoryDevice.Of(update.New, family));
        var before = new List<DomainMemoryDevice>();
        var after = new List<DomainMemoryDevice>();
        foreach (var device in domain.MemoryDevices)
        {
            var old = DomainMemoryDevice.Read(device, family).Value;
            if ((wanted.GetValueOrDefault(device) ?? old) is not { } updated)
            {
                return ([], []);
            }

            before.Add(old ?? updated);
            after.Add(updated);
        }

        if (domain.MaxMemory is not { } present)
        {
            return ([], []);
        }

        var (maximum, findings) = DomainSizes.Read(present, domain.Root, "maxMemory");
        if (maximum is not { } current
            || domain.InitialMemory(after.Select(device => (Reading<ByteSize?>)device.Written)).Value is not { } memory)
        {
            return ([], findings);
        }

        // The room that was left for memory hot plug is kept.
        var total = current.Bytes + Int128.Max(0, Sum(after, device => device.Share) - Sum(before, device => device.Share));
        var isOurs = !after.SequenceEqual(before) || Covers(memory, after, total);
        if (isOurs && !Suffices(memory, after, total, family))
        {
            total = Int128.Max(total, Enough(memory, after));
        }

        if (total > long.MaxValue)
        {
            return ([], [.. findings, Domain.BadValue(present, "maxMemory", Text(current.Bytes), "a size with room for more")]);
        }

        return (total == current.Bytes ? [] : [Rewrite(present, ByteSize.FromBytes((long)total))], findings);
    }

    /// <summary>
    /// Whether libvirt accepts a maximum: it covers the memory as written and the devices (<see cref="DomainMemoryDevice.Counted"/>).
    /// </summary>
    public static bool Covers(ByteSize memory, IEnumerable<DomainMemoryDevice> devices, Int128 maximum) =>
        memory.Bytes + Sum(devices, device => device.Counted) <= maximum;

    /// <summary>
    /// Whether libvirt and QEMU start a domain with a maximum: libvirt accepts it, and after libvirt's rounding QEMU has room for the guest
    /// sizes. Without NUMA cells <paramref name="memory"/> is what the devices leave (libvirt 9.0.0 and QEMU 7.2, measured: "not enough
    /// space, currently 0x0 in use of total space for memory devices").
    /// </summary>
    public static bool Suffices(ByteSize memory, IReadOnlyCollection<DomainMemoryDevice> devices, Int128 maximum, GuestFamily family) =>
        Covers(memory, devices, maximum)
        && Sum(devices, device => device.Room) <= RoundUp(maximum, family) - RoundUp(memory.Bytes, family);

    /// <summary>A maximum that is always large enough.</summary>
    public static Int128 Enough(ByteSize memory, IEnumerable<DomainMemoryDevice> devices) =>
        memory.Bytes + Sum(devices, device => device.Share);

    /// <summary>Returns the edit that takes the room of removed NVDIMMs away; none if the domain has no <c>&lt;maxMemory&gt;</c>.</summary>
    public static (ValueList<TextEdit> Edits, ValueList<Finding> Findings) Shrink(
        Domain domain, IReadOnlyCollection<XElement> removed)
    {
        if (domain.MaxMemory is not { } element)
        {
            return ([], []);
        }

        var family = domain.Family;
        var (current, ofCurrent) = DomainSizes.Read(element, domain.Root, "maxMemory");
        var left = domain.MemoryDevices.Except(removed).ToArray();
        var (initial, ofInitial) = domain.InitialMemory(Domain.TargetSizes(left));
        var (gone, ofGone) = Shares(removed, family);
        var (needed, ofNeeded) = Shares(left, family);
        var findings = Reading.Join(ofCurrent, ofInitial, ofGone, ofNeeded);
        if (current is not { } size || initial is not { } memory || gone is not { } share || needed is not { } rest)
        {
            return ([], findings);
        }

        var smallest = (Int128)memory.Bytes + rest;
        var wanted = Int128.Max(size.Bytes - share, Int128.Min(smallest, size.Bytes));
        var edit = left.Length == 0 && wanted <= memory.Bytes
            ? DomainDevices.Cut(domain, element)
            : Rewrite(element, ByteSize.FromBytes((long)wanted));
        return ([edit], findings);
    }

    private static Reading<Int128?> Shares(IEnumerable<XElement> devices, GuestFamily family)
    {
        Int128? total = 0;
        var findings = new List<Finding>();
        foreach (var device in devices)
        {
            var (memoryDevice, ofDevice) = DomainMemoryDevice.Read(device, family);
            total = memoryDevice is null ? null : total + memoryDevice.Share;
            findings.AddRange(ofDevice);
        }

        return new(total, findings.ToValueList());
    }

    private static Int128 Sum(IEnumerable<DomainMemoryDevice> devices, Func<DomainMemoryDevice, Int128> part) =>
        devices.Aggregate(Int128.Zero, (sum, device) => sum + part(device));

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainAlignMemorySizes, computed without overflow at 2^63 - 1.
    private static Int128 RoundUp(Int128 size, GuestFamily family)
    {
        Int128 step = LibvirtArithmetic.MaxMemoryBlock(family, HypervisorProfile.Newest.Libvirt).Bytes;
        return (size + step - 1) / step * step;
    }

    /// <summary>
    /// The number of slots once NVDIMMs are added: the domain's, or 16 if it gets a maximum only then; null with a finding if it cannot be
    /// read.
    /// </summary>
    public static Reading<int?> Slots(Domain domain)
    {
        if (domain.MaxMemory is not { } element)
        {
            return DomainMemory.Slots;
        }

        if (WrittenSlots(domain) is { } slots)
        {
            return slots;
        }

        return new(null, [Domain.BadValue(element, "maxMemory slots", (string?)element.Attribute("slots"), "a number of slots")]);
    }

    /// <summary>The number of slots in the domain; null if it states none, or none that can be read.</summary>
    public static int? WrittenSlots(Domain domain) => LibvirtNumber.Index((string?)domain.MaxMemory?.Attribute("slots"));

    /// <summary>Inserts a <c>&lt;maxMemory&gt;</c> where oVirt writes it and in oVirt's form: without a unit, which means KiB.</summary>
    private static TextEdit Insert(Domain domain, ByteSize size)
    {
        var root = domain.Root;
        var anchor = Domain.SpanOf(root.Element("currentMemory") ?? root.Element("memory") ?? root.Elements().First());
        var space = TextLayout.LineBreak(TextLayout.Before(domain.Xml, anchor.Start));
        return new TextEdit(anchor.End, 0, $"{space}<maxMemory slots=\"{Text(DomainMemory.Slots)}\">{Text(size.ToKiBExact())}</maxMemory>");
    }

    private static TextEdit Rewrite(XElement element, ByteSize size)
    {
        var span = Domain.SpanOf(element);
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
