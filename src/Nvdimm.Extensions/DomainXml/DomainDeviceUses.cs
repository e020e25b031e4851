using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Which files of the host a domain uses: a device that is an NVDIMM and something else too loses its data.</summary>
public static class DomainDeviceUses
{
    private static readonly XNamespace Qemu = "http://libvirt.org/schemas/domain/qemu/1.0";

    /// <summary>
    /// Every file that the domain's devices and QEMU arguments name. Folders of <c>&lt;memoryBacking&gt;</c> and firmware are none of them.
    /// </summary>
    /// <param name="domainXml">The domain. Document types and entities are refused.</param>
    /// <returns>
    /// The uses. Two paths that differ in their text can still be one device: whoever has the host resolves links and compares devices.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="domainXml"/> is null.</exception>
    public static DomainDeviceUsesResult Read(string domainXml)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        if (!DomainDocument.TryRead(domainXml, out var domain, out var refusal))
        {
            return new DomainDeviceUsesResult([], [refusal]);
        }

        var uses = In(domain).ToValueList();
        return new DomainDeviceUsesResult(uses, Twice(uses, use => use.NormalPath).ToValueList());
    }

    /// <summary>The findings for files that are used more than once, at least once of them as memory.</summary>
    /// <param name="uses">The uses, in the domain's order.</param>
    /// <param name="identity">What two uses of one file have in common, such as the number of a block device; null for a file that is of no interest.</param>
    /// <returns>One error <see cref="NvdimmCodes.XmlDeviceTwice"/> for each file.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEnumerable<Finding> Twice(IEnumerable<DomainDeviceUse> uses, Func<DomainDeviceUse, string?> identity)
    {
        ArgumentNullException.ThrowIfNull(uses);
        ArgumentNullException.ThrowIfNull(identity);
        return uses
            .Where(use => identity(use) is not null)
            .GroupBy(use => identity(use)!, StringComparer.Ordinal)
            .Where(same => same.Count() > 1 && same.Any(use => use.IsMemory))
            .Select(same => Finding.Error(
                NvdimmCodes.XmlDeviceTwice,
                ("path", same.First(use => use.IsMemory).Path),
                ("uses", string.Join(" and as ", same.Select(use => use.Description)))));
    }

    internal static List<DomainDeviceUse> In(DomainDocument domain)
    {
        var uses = new List<DomainDeviceUse>();
        AddDevices(domain, uses);
        AddArguments(domain, uses);
        return uses;
    }

    private static void AddDevices(DomainDocument domain, List<DomainDeviceUse> uses)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var device in domain.Devices.Elements())
        {
            var name = device.Name.LocalName;
            var model = name == "memory" ? (string?)device.Attribute("model") ?? "" : name;
            var number = counts[model] = counts.GetValueOrDefault(model) + 1;
            switch (name)
            {
                case "memory":
                    AddMemory(device, model, number, uses);
                    break;
                case "disk":
                    AddDisk(device, number, uses);
                    break;
                default:
                    AddSources(device.Elements("source"), DomainUseKind.Other, $"{name} {Text(number)}", uses);
                    break;
            }
        }
    }

    // libvirt v9.0.0 src/conf/domain_conf.c, virDomainMemorySourceDefParseXML: other models have no path.
    private static void AddMemory(XElement memory, string model, int number, List<DomainDeviceUse> uses)
    {
        if (model is "nvdimm" or "virtio-pmem" && DomainDocument.PathOf(memory) is { Length: > 0 } path)
        {
            uses.Add(model == "nvdimm"
                ? new DomainDeviceUse(DomainUseKind.Nvdimm, path, $"NVDIMM {Text(number)}", IsMemory: true)
                : new DomainDeviceUse(DomainUseKind.VirtioPmem, path, $"virtio-pmem {Text(number)}", IsMemory: true) { Size = SizeOf(memory) });
        }
    }

    private static ByteSize? SizeOf(XElement memory) => DomainSizes.ReadOptional(memory.Element("target")?.Element("size"), "size", []);

    private static void AddDisk(XElement disk, int number, List<DomainDeviceUse> uses)
    {
        var description = $"disk {(string?)disk.Element("target")?.Attribute("dev") ?? Text(number)}";
        AddSources(disk.Elements("source"), DomainUseKind.Disk, description, uses);
        foreach (var child in disk.Elements())
        {
            if (child.Name.LocalName is not "source")
            {
                AddSources(child.Descendants("source"), DomainUseKind.Disk, $"an image of {description}", uses);
            }
        }
    }

    /// <summary>The paths in source elements: attributes, or a child.</summary>
    private static void AddSources(IEnumerable<XElement> sources, DomainUseKind kind, string description, List<DomainDeviceUse> uses)
    {
        foreach (var source in sources)
        {
            Add((string?)source.Attribute("dev"));
            Add((string?)source.Attribute("file"));
            Add((string?)source.Attribute("path"));
            Add(source.Element("path")?.Value);
        }

        void Add(string? path)
        {
            if (path?.StartsWith('/') == true)
            {
                uses.Add(new DomainDeviceUse(kind, path, description, IsMemory: false));
            }
        }
    }

    private static void AddArguments(DomainDocument domain, List<DomainDeviceUse> uses)
    {
        var previous = "";
        foreach (var argument in domain.Root.Elements(Qemu + "commandline").Elements(Qemu + "arg"))
        {
            var value = (string?)argument.Attribute("value") ?? "";
            foreach (var (key, path) in QemuArgumentPaths.In(value, previous))
            {
                var isMemory = key.Contains("mem-path", StringComparison.Ordinal);
                uses.Add(new DomainDeviceUse(DomainUseKind.Argument, path, $"QEMU argument '{key}{path}'", isMemory));
            }

            previous = value;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
