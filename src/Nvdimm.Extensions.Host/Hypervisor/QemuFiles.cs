using System.Text;
using System.Text.Json;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>
/// The files that the command line of a QEMU names, as memory, as a disk or as anything else: by what it calls them, and by the storage behind
/// those names, since a device has as many names as there are links to it, and a disk can be a partition of it or a volume on it.
/// </summary>
internal sealed class QemuFiles
{
    private readonly HashSet<string> names;
    private readonly SharedStorage storage;
    private readonly HashSet<string> things = new(StringComparer.Ordinal);
    private readonly HashSet<string> layers = new(StringComparer.Ordinal);

    /// <param name="arguments">The command line.</param>
    /// <param name="storage">Knows what lies on what.</param>
    public QemuFiles(IEnumerable<string> arguments, SharedStorage storage)
    {
        this.storage = storage;
        names = arguments.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        foreach (var found in names.Select(Layers).Where(found => found.Count > 0))
        {
            things.Add(found[0]);
            layers.UnionWith(found);
        }
    }

    /// <summary>Whether a file is one of them under whatever name, or one of them is on it, or it is on one of them.</summary>
    public bool Has(string path) =>
        names.Contains(path) || (things.Count > 0 && Layers(path) is [var thing, ..] own && (layers.Contains(thing) || own.Any(things.Contains)));

    /// <summary>The absolute paths that an argument names, whatever they are named for.</summary>
    internal static IEnumerable<string> NamesIn(string argument) => argument.StartsWith('{') && InJson(argument) is { } found ? found : InOptions(argument);

    /// <summary>
    /// What is behind a name; empty where that cannot be seen, as huge pages in a folder of QEMU's own. Then its text is all that there is to
    /// compare: no VM may be kept from its device by what another one has elsewhere.
    /// </summary>
    private ValueList<string> Layers(string path)
    {
        try
        {
            return storage.Layers(path);
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>
    /// Every text that is a path, under whatever key and however deep: <c>"mem-path"</c>, <c>"filename"</c> and others in the JSON of libvirt from
    /// 6.9 on (libvirt v9.0.0, <c>qemu_command.c</c>, qemuBuildMemoryBackendProps; <c>qemu_block.c</c>, qemuBlockStorageSourceGetFileProps). Null
    /// where it is no JSON.
    /// </summary>
    private static List<string>? InJson(string argument)
    {
        var found = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(argument));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    found.AddRange(InValue(reader.GetString()!));
                }
            }

            return found;
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// <c>key=/path,…</c>, or a path alone. A comma ends an option, and two of them are one in its value (QEMU v7.2.0 <c>util/qemu-option.c</c>,
    /// get_opt_value).
    /// </summary>
    private static IEnumerable<string> InOptions(string argument) => argument.Replace(",,", "\0", StringComparison.Ordinal)
        .Split(',')
        .Select(option => option.Replace('\0', ','))
        .SelectMany(option => InValue(option.StartsWith('/') ? option : option[(option.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    /// <summary>
    /// A path, also behind the prefixes that QEMU takes for a local file: <c>file:</c>, <c>host_device:</c> and <c>json:</c> (QEMU v7.2.0
    /// <c>block.c</c>, bdrv_find_protocol).
    /// </summary>
    private static IEnumerable<string> InValue(string value)
    {
        if (value.StartsWith("json:", StringComparison.Ordinal))
        {
            return InJson(value["json:".Length..]) ?? [];
        }

        var path = Prefixes.FirstOrDefault(prefix => value.StartsWith(prefix, StringComparison.Ordinal)) is { } known ? value[known.Length..] : value;
        return path.StartsWith('/') ? [path] : [];
    }

    private static readonly string[] Prefixes = ["file:", "host_device:", "host_cdrom:"];
}
