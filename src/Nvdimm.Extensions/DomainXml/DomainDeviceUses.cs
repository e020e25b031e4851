using System.Globalization;
using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Finds the host files that a domain uses. A device that is both an NVDIMM and something else loses its data.</summary>
public static class DomainDeviceUses
{
    /// <summary>
    /// Finds every file that the domain's devices, QEMU arguments and QEMU overrides name. Folders of <c>&lt;memoryBacking&gt;</c> and
    /// firmware are not included.
    /// </summary>
    /// <param name="domainXml">The domain. Document types and entities are refused.</param>
    /// <returns>
    /// The uses; <see cref="Duplicates"/> finds those of the same file. If the text cannot be read, findings and no use. Also an error
    /// <see cref="NvdimmCodes.XmlHidden"/> for each argument or override that can add or change an NVDIMM without naming it.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="domainXml"/> is null.</exception>
    public static DomainDeviceUsesResult Read(string domainXml)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        var parsed = Domain.Parse(domainXml);
        return parsed.IsRefused ? new DomainDeviceUsesResult([], parsed.Findings) : Read(parsed.Domain);
    }

    /// <summary>Finds every file that the devices, QEMU arguments and QEMU overrides of a parsed domain name.</summary>
    /// <returns>
    /// The uses, and an error <see cref="NvdimmCodes.XmlHidden"/> for each argument or override that can add or change an NVDIMM without
    /// naming it.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="domain"/> is null.</exception>
    public static DomainDeviceUsesResult Read(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return new DomainDeviceUsesResult(In(domain).ToValueList(), HiddenUses.In(domain).ToValueList());
    }

    /// <summary>Reports files that are used more than once, at least once as memory.</summary>
    /// <param name="uses">The uses, in the domain's order.</param>
    /// <param name="areSame">
    /// Returns whether two uses with different paths store in the same bytes, which only the host knows. It is called only if one of the
    /// two is used as memory. Null compares the paths alone.
    /// </param>
    /// <returns>One error <see cref="NvdimmCodes.XmlDeviceTwice"/> for each file, with all its uses.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="uses"/> is null.</exception>
    public static ValueList<Finding> Duplicates(
        IEnumerable<DomainDeviceUse> uses, Func<DomainDeviceUse, DomainDeviceUse, bool>? areSame = null)
    {
        ArgumentNullException.ThrowIfNull(uses);
        var files = uses.GroupBy(use => use.NormalPath, StringComparer.Ordinal).Select(file => file.ToList()).ToList();
        return (areSame is null ? files : Joined(files, areSame))
            .Where(file => file.Count > 1 && file.Exists(use => use.IsMemory))
            .Select(file => Finding.Error(
                NvdimmCodes.XmlDeviceTwice,
                ("path", file.Find(use => use.IsMemory)!.Path),
                ("uses", string.Join(" and as ", file.Select(use => use.Description)))))
            .ToValueList();
    }

    /// <summary>Joins the uses of paths that are the same file.</summary>
    private static List<List<DomainDeviceUse>> Joined(
        List<List<DomainDeviceUse>> files, Func<DomainDeviceUse, DomainDeviceUse, bool> areSame)
    {
        var joined = new List<List<DomainDeviceUse>>();
        foreach (var file in files)
        {
            var isMemory = file.Exists(use => use.IsMemory);
            var same = joined.FindAll(other => (isMemory || other.Exists(use => use.IsMemory))
                && other.Exists(use => file.Exists(own => areSame(use, own))));
            joined.RemoveAll(same.Contains);
            joined.Add([.. same.SelectMany(other => other), .. file]);
        }

        return joined;
    }

    internal static List<DomainDeviceUse> In(Domain domain)
    {
        var uses = new List<DomainDeviceUse>();
        AddDevices(domain, uses);
        AddArguments(domain, uses);
        return uses;
    }

    private static void AddDevices(Domain domain, List<DomainDeviceUse> uses)
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
        if (model is "nvdimm" or "virtio-pmem" && Domain.PathOf(memory) is { Length: > 0 } path)
        {
            uses.Add(model == "nvdimm"
                ? new DomainDeviceUse
                {
                    Kind = DomainUseKind.Nvdimm,
                    Path = path,
                    Description = $"NVDIMM {Text(number)}",
                    IsMemory = true,
                }
                : new DomainDeviceUse
                {
                    Kind = DomainUseKind.VirtioPmem,
                    Path = path,
                    Description = $"virtio-pmem {Text(number)}",
                    IsMemory = true,
                    Size = SizeOf(memory),
                });
        }
    }

    private static ByteSize? SizeOf(XElement memory) => DomainSizes.ReadOptional(memory.Element("target")?.Element("size"), "size").Value;

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

    /// <summary>Adds the paths in source elements, which are in attributes or in a child element.</summary>
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
                uses.Add(new DomainDeviceUse { Kind = kind, Path = path, Description = description, IsMemory = false });
            }
        }
    }

    private static void AddArguments(Domain domain, List<DomainDeviceUse> uses)
    {
        var previous = "";
        foreach (var value in QemuNamespace.Arguments(domain))
        {
            foreach (var (key, path) in QemuArgumentPaths.In(value, previous))
            {
                var isMemory = key.Contains("mem-path", StringComparison.Ordinal);
                uses.Add(new DomainDeviceUse
                {
                    Kind = DomainUseKind.Argument,
                    Path = path,
                    Description = $"QEMU argument '{key}{path}'",
                    IsMemory = isMemory,
                });
            }

            previous = value;
        }

        foreach (var (alias, property, value) in QemuNamespace.Overrides(domain).Where(changed => changed.Value.StartsWith('/')))
        {
            uses.Add(new DomainDeviceUse
            {
                Kind = DomainUseKind.Argument,
                Path = value,
                Description = $"QEMU override '{property}={value}' of {alias}",
                IsMemory = false,
            });
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
