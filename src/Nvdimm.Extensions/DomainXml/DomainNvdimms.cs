using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Reads the NVDIMMs from a domain XML.</summary>
public static class DomainNvdimms
{
    /// <summary>Reads the NVDIMMs of a domain, in its order. Other memory devices are skipped.</summary>
    /// <param name="domainXml">
    /// The domain, as it was sent to libvirt or as libvirt shows it. Document types and entities are refused.
    /// </param>
    /// <returns>
    /// The NVDIMMs, and an <see cref="NvdimmCodes.XmlBadValue"/> for each value that cannot be read. An NVDIMM with such a value is left
    /// out; the others stay. If the whole text cannot be read: no NVDIMM, and <see cref="NvdimmCodes.XmlMalformed"/>,
    /// <see cref="NvdimmCodes.XmlDtd"/>, <see cref="NvdimmCodes.XmlTooLarge"/> or <see cref="NvdimmCodes.XmlNotDomain"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="domainXml"/> is null.</exception>
    public static DomainNvdimmsResult Read(string domainXml)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        var parsed = Domain.Parse(domainXml);
        return parsed.IsRefused ? new DomainNvdimmsResult([], null, parsed.Findings) : Read(parsed.Domain);
    }

    /// <summary>Reads the NVDIMMs of a parsed domain, in its order. Other memory devices are skipped.</summary>
    /// <returns>
    /// The NVDIMMs, and an <see cref="NvdimmCodes.XmlBadValue"/> for each value that cannot be read. An NVDIMM with such a value is left
    /// out; the others stay.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="domain"/> is null.</exception>
    public static DomainNvdimmsResult Read(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var (elements, findings) = ReadAll(domain);
        var (memory, ofMemory) = DomainSizes.Read(domain.Root.Element("memory"), domain.Root, "memory");
        var net = findings.Count == 0 && memory is { } total ? NetMemory(total, elements) : null;
        return new DomainNvdimmsResult(elements, net, findings) { MemoryFindings = ofMemory };
    }

    /// <summary>Finds the host's devices of the NVDIMMs of a domain, by path.</summary>
    /// <param name="elements">The NVDIMMs.</param>
    /// <param name="devices">The host's devices.</param>
    /// <returns>
    /// The pairs in the order of <paramref name="elements"/>; a warning <see cref="NvdimmCodes.XmlUnmatched"/> for each NVDIMM without a
    /// device, and an error <see cref="NvdimmCodes.AmbiguousDevice"/> for each with several.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static NvdimmMatches Match(IEnumerable<NvdimmElement> elements, IEnumerable<NvdimmDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentNullException.ThrowIfNull(devices);
        var byPath = devices.Where(device => device.Path is not null).ToLookup(device => device.Path!, StringComparer.Ordinal);
        var pairs = new List<NvdimmMatch>();
        var findings = new List<Finding>();
        foreach (var element in elements)
        {
            var matches = byPath[element.Path].ToArray();
            if (matches.Length == 1)
            {
                pairs.Add(new NvdimmMatch(element, matches[0]));
            }
            else
            {
                findings.Add(matches.Length == 0
                    ? Finding.Warning(NvdimmCodes.XmlUnmatched, ("path", element.Path))
                    : Finding.Error(
                        NvdimmCodes.AmbiguousDevice,
                        ("device", element.Path),
                        ("candidates", string.Join(", ", matches.Select(device => device.Name)))));
            }
        }

        return new NvdimmMatches(pairs.ToValueList(), findings.ToValueList());
    }

    /// <summary>Reads the NVDIMMs that can be read, and all findings.</summary>
    private static Reading<ValueList<NvdimmElement>> ReadAll(Domain domain)
    {
        var elements = new List<NvdimmElement>();
        var findings = new List<Finding>();
        foreach (var memory in domain.Nvdimms)
        {
            var (element, ofElement) = NvdimmElementReader.Read(memory, domain);
            elements.AddRange(element is null ? [] : [element]);
            findings.AddRange(ofElement);
        }

        return new(elements.ToValueList(), findings.ToValueList());
    }

    private static ByteSize? NetMemory(ByteSize memory, ValueList<NvdimmElement> elements)
    {
        var nvdimms = elements.Aggregate(UInt128.Zero, (sum, element) => sum + (ulong)element.TargetSize.Bytes);
        return nvdimms < (ulong)memory.Bytes ? DomainMemory.NetMemory(memory, elements.Select(element => element.TargetSize)) : null;
    }
}

/// <summary>The NVDIMMs of a domain.</summary>
/// <param name="Elements">The NVDIMMs that could be read, in the domain's order.</param>
/// <param name="NetMemory">
/// The VM's own memory in bytes, if the XML is as libvirt shows it, running or not: there <c>&lt;memory&gt;</c> includes the NVDIMMs, which
/// are subtracted here. In XML that an engine sends it does not include them, and this value is meaningless. Null if an NVDIMM or the
/// memory cannot be read, or if the NVDIMMs are not smaller than the memory.
/// </param>
/// <param name="Findings">The values of NVDIMMs that could not be read, or why the text cannot be read as a whole.</param>
public sealed record DomainNvdimmsResult(ValueList<NvdimmElement> Elements, ByteSize? NetMemory, ValueList<Finding> Findings)
{
    /// <summary>
    /// Why the domain's own <c>&lt;memory&gt;</c> cannot be read; empty if it can. The NVDIMMs do not depend on it, only
    /// <see cref="NetMemory"/> does.
    /// </summary>
    public ValueList<Finding> MemoryFindings { get; init; } = [];
}
