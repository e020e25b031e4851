using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>
/// Finds QEMU options that affect NVDIMMs without naming an NVDIMM or a path: a file of options, and options that change devices which
/// other options create.
/// </summary>
internal static class HiddenUses
{
    private const string AsElement = "Write what it does as <memory model='nvdimm'> in <devices>, and remove it.";

    /// <summary>The aliases that libvirt gives memory devices (v9.0.0 <c>src/qemu/qemu_alias.c</c>, qemuAssignDeviceMemoryAlias).</summary>
    private static readonly string[] Memories = ["nvdimm", "dimm", "virtiopmem", "virtiomem", "sgxepc"];

    /// <summary>The types of QEMU whose properties an NVDIMM has.</summary>
    private static readonly string[] Types = ["nvdimm", "pc-dimm"];

    /// <summary>Returns an error for each such option.</summary>
    public static IEnumerable<Finding> In(Domain domain)
    {
        var aliases = domain.MemoryDevices.Elements("alias")
            .Select(alias => (string?)alias.Attribute("name"))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        return [.. Arguments(domain, aliases), .. Overrides(domain, aliases)];
    }

    private static IEnumerable<Finding> Arguments(Domain domain, HashSet<string> aliases)
    {
        var previous = "";
        foreach (var value in QemuNamespace.Arguments(domain))
        {
            // QEMU accepts one dash or two (v7.2.0 softmmu/vl.c, lookup_opt).
            var option = previous.StartsWith("--", StringComparison.Ordinal) ? previous[1..] : previous;
            if (option == "-readconfig")
            {
                yield return Hidden(
                    $"QEMU argument '{previous} {value}'", "Write the options of the file as arguments of their own, and remove it.");
            }
            else if ((option == "-set" && IsOfMemory(value, aliases)) || (option == "-global" && IsOfType(value)))
            {
                yield return Hidden($"QEMU argument '{previous} {value}'", AsElement);
            }

            previous = value;
        }
    }

    private static IEnumerable<Finding> Overrides(Domain domain, HashSet<string> aliases) => QemuNamespace.Overrides(domain)
        .Where(changed => IsMemory(changed.Alias, aliases))
        .Select(changed => Hidden($"QEMU override '{changed.Property}={changed.Value}' of {changed.Alias}", AsElement));

    /// <summary>
    /// Whether <c>GROUP.ID.NAME=VALUE</c> concerns a memory device or its backend, whose id is that of the device after <c>mem</c>.
    /// </summary>
    private static bool IsOfMemory(string value, HashSet<string> aliases) => value.Split('.') is [_, var id, ..]
        && (IsMemory(id, aliases) || (id.StartsWith("mem", StringComparison.Ordinal) && IsMemory(id[3..], aliases)));

    /// <summary>Whether <c>TYPE.NAME=VALUE</c> or <c>driver=TYPE,…</c> concerns all NVDIMMs.</summary>
    private static bool IsOfType(string value) => Types.Any(type =>
        value.StartsWith($"{type}.", StringComparison.Ordinal) || $",{value},".Contains($",driver={type},", StringComparison.Ordinal));

    private static bool IsMemory(string alias, HashSet<string> aliases) => aliases.Contains(alias)
        || Memories.Any(name => alias.Length > name.Length
            && alias.StartsWith(name, StringComparison.Ordinal)
            && alias.AsSpan(name.Length).IndexOfAnyExceptInRange('0', '9') < 0);

    private static Finding Hidden(string use, string resolve) => Finding.Error(NvdimmCodes.XmlHidden, ("use", use), ("resolve", resolve));
}
