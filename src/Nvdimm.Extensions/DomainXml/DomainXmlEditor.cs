using System.Diagnostics.CodeAnalysis;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// Adds NVDIMMs to a domain XML, removes them and changes them. Only <c>&lt;devices&gt;</c> and <c>&lt;maxMemory&gt;</c> change; all other
/// text stays to the character, including metadata, comments, quotes and line ends. Safe for use by several threads.
/// </summary>
public static partial class DomainXmlEditor
{
    /// <summary>Adds NVDIMMs at the end of <c>&lt;devices&gt;</c> and makes room for them in <c>&lt;maxMemory&gt;</c>.</summary>
    /// <remarks>
    /// <c>&lt;maxMemory&gt;</c> grows by the target sizes as in oVirt, but on x86 each is first rounded up to 2 MiB, as libvirt does before
    /// it starts QEMU. With oVirt's own sum a VM whose memory equals its maximum does not start if a size is not a multiple of 2 MiB (QEMU
    /// 7.2: "not enough space … for memory devices"). If there is no <c>&lt;maxMemory&gt;</c>, it becomes the memory of the NUMA cells plus
    /// that sum, with 16 slots. Its unit stays if the new value is a whole number in it; otherwise it becomes KiB.
    /// </remarks>
    /// <param name="domainXml">The domain, as it is sent to libvirt.</param>
    /// <param name="elements">The NVDIMMs. With none the text is returned unchanged.</param>
    /// <returns>
    /// The text, possibly with the warning <see cref="NvdimmCodes.XmlNoAcpi"/>; or every reason for a refusal:
    /// <see cref="NvdimmCodes.XmlMalformed"/>, <see cref="NvdimmCodes.XmlDtd"/>, <see cref="NvdimmCodes.XmlTooLarge"/>,
    /// <see cref="NvdimmCodes.XmlNotDomain"/>, <see cref="NvdimmCodes.XmlBadValue"/>, <see cref="NvdimmCodes.AlreadyAttached"/>,
    /// <see cref="NvdimmCodes.XmlAliasTaken"/>, <see cref="EngineCodes.NumaUnavailable"/>, <see cref="NvdimmCodes.XmlNoGuestNode"/>,
    /// <see cref="NvdimmCodes.NoMemorySlot"/>, <see cref="NvdimmCodes.XmlOtherArchitecture"/>. A domain that names no architecture is
    /// assumed to have the right one.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument or an item is null.</exception>
    /// <example>
    /// <code>
    /// var device = new NvdimmDevice
    /// {
    ///     Name = "namespace0.0", Path = "/dev/pmem0", Size = ByteSize.FromGiB(1), Align = Alignment.FromMiB(2),
    /// };
    /// var sized = NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value);
    /// var element = NvdimmElement.Create(device, sized, guestNode: 0).Element!;
    /// var edited = DomainXmlEditor.Add(File.ReadAllText("domain.xml"), element);
    /// Console.WriteLine(edited.Xml ?? string.Join(Environment.NewLine, edited.Findings));
    /// </code>
    /// </example>
    public static DomainXmlResult Add(string domainXml, params IReadOnlyList<NvdimmElement> elements)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        NullArgument.ThrowIfAny(elements);
        var parsed = Domain.Parse(domainXml);
        return parsed.IsRefused ? new DomainXmlResult(null, parsed.Findings) : Add(parsed.Domain, elements);
    }

    /// <summary>Adds NVDIMMs to a parsed domain. The other overload has the details.</summary>
    /// <param name="domain">The domain, as it is sent to libvirt.</param>
    /// <param name="elements">The NVDIMMs. With none the text is returned unchanged.</param>
    /// <returns>The text, possibly with a warning; or every reason for a refusal.</returns>
    /// <exception cref="ArgumentNullException">An argument or an item is null.</exception>
    public static DomainXmlResult Add(Domain domain, params IReadOnlyList<NvdimmElement> elements)
    {
        ArgumentNullException.ThrowIfNull(domain);
        NullArgument.ThrowIfAny(elements);
        if (elements.Count == 0)
        {
            return new DomainXmlResult(domain.Xml, []);
        }

        var (maxMemory, ofMaxMemory) = DomainMaxMemory.Grow(domain, elements);
        ValueList<Finding> findings = [.. DomainAdditionChecks.Check(domain, elements), .. ofMaxMemory];
        return Result(domain, findings, () => [DomainDevices.Append(domain, elements), maxMemory!.Value]);
    }

    /// <summary>
    /// Removes the NVDIMMs with these paths, and subtracts from <c>&lt;maxMemory&gt;</c> what
    /// <see cref="Add(string, IReadOnlyList{NvdimmElement})"/> adds for them. <c>&lt;maxMemory&gt;</c> does not fall below what the domain
    /// still needs. If no memory device is left and it would not be above the memory of the NUMA cells, it is removed: QEMU does not start
    /// if both are equal.
    /// </summary>
    /// <remarks>
    /// <c>&lt;memory&gt;</c> stays as it is. In the XML that libvirt shows it includes the NVDIMMs; when libvirt gets the text, it computes
    /// it again from the NUMA cells and the memory devices. A sum that oVirt wrote can become up to 2 MiB too low for each NVDIMM whose
    /// size libvirt rounds.
    /// </remarks>
    /// <param name="domainXml">The domain.</param>
    /// <param name="paths">The paths, such as <c>/dev/pmem0</c>. With none the text is returned unchanged.</param>
    /// <returns>
    /// The text; or every reason for a refusal: <see cref="NvdimmCodes.XmlMalformed"/>, <see cref="NvdimmCodes.XmlDtd"/>,
    /// <see cref="NvdimmCodes.XmlTooLarge"/>, <see cref="NvdimmCodes.XmlNotDomain"/>, <see cref="NvdimmCodes.XmlBadValue"/>,
    /// <see cref="NvdimmCodes.XmlNotAttached"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument or an item is null.</exception>
    public static DomainXmlResult Remove(string domainXml, params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        NullArgument.ThrowIfAny(paths);
        var parsed = Domain.Parse(domainXml);
        return parsed.IsRefused ? new DomainXmlResult(null, parsed.Findings) : Remove(parsed.Domain, paths);
    }

    /// <summary>Removes NVDIMMs from a parsed domain. The other overload has the details.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="paths">The paths, such as <c>/dev/pmem0</c>. With none the text is returned unchanged.</param>
    /// <returns>The text; or every reason for a refusal.</returns>
    /// <exception cref="ArgumentNullException">An argument or an item is null.</exception>
    public static DomainXmlResult Remove(Domain domain, params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(domain);
        NullArgument.ThrowIfAny(paths);
        var wanted = paths.ToHashSet(StringComparer.Ordinal);
        var removed = domain.Nvdimms.Where(memory => Domain.PathOf(memory) is { } path && wanted.Contains(path)).ToArray();
        if (wanted.Count == 0)
        {
            return new DomainXmlResult(domain.Xml, []);
        }

        var (maxMemory, ofMaxMemory) = DomainMaxMemory.Shrink(domain, removed);
        ValueList<Finding> findings =
        [
            .. wanted.Except(removed.Select(memory => Domain.PathOf(memory)!), StringComparer.Ordinal)
                .Select(path => Finding.Error(NvdimmCodes.XmlNotAttached, ("path", path))),
            .. ofMaxMemory,
        ];
        return Result(domain, findings, () => [.. removed.Select(memory => DomainDevices.Cut(domain, memory)), .. maxMemory]);
    }

    private static DomainXmlResult Result(Domain domain, ValueList<Finding> findings, Func<IEnumerable<TextEdit>> edits) =>
        findings.Any(finding => finding.Severity == Severity.Error)
            ? new DomainXmlResult(null, findings)
            : new DomainXmlResult(TextEdit.Apply(domain.Xml, edits()), findings);
}

/// <summary>An edited domain XML, or the reasons for a refusal.</summary>
/// <param name="Xml">The whole text; null if the edit is refused.</param>
/// <param name="Findings">Every reason for a refusal; with a text only warnings.</param>
public sealed record DomainXmlResult(string? Xml, ValueList<Finding> Findings)
{
    /// <summary>Whether the edit is refused. Then <see cref="Xml"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Xml))]
    public bool IsRefused => Xml is null;
}
