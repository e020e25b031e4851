using System.Text;
using System.Text.Json;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>
/// The files that back the memory of a QEMU: by what its command line calls them, and by what is behind those names, since a device has
/// as many names as there are links to it.
/// </summary>
internal sealed class MemoryFiles
{
    private const string Property = "mem-path";

    private readonly HashSet<string> names;
    private readonly HashSet<string> things;

    /// <param name="arguments">The command line.</param>
    public MemoryFiles(IEnumerable<string> arguments)
    {
        names = arguments.Where(argument => argument.Contains(Property, StringComparison.Ordinal)).SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        things = names.Select(ThingOrNull).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a file is one of them, under whatever name.</summary>
    public bool Has(string path) => names.Contains(path) || (things.Count > 0 && ThingOrNull(path) is { } thing && things.Contains(thing));

    /// <summary>
    /// What is behind a name; null where that cannot be seen, as huge pages in a folder of QEMU's own. Then its text is all that there is to
    /// compare: no VM may be kept from its device by what another one has elsewhere.
    /// </summary>
    private static string? ThingOrNull(string path)
    {
        try
        {
            return LinuxFile.ThingBehind(path);
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// <c>"mem-path":"…"</c> in the JSON of libvirt from 6.9 on (libvirt v9.0.0, <c>qemu_command.c</c>, qemuBuildMemoryBackendProps),
    /// <c>mem-path=…</c> before.
    /// </summary>
    private static IEnumerable<string> NamesIn(string argument) => argument.StartsWith('{') && InJson(argument) is { } found ? found : InOptions(argument);

    /// <summary>Null where it is no JSON.</summary>
    private static List<string>? InJson(string argument)
    {
        var found = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(argument));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(Property) && reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    found.Add(reader.GetString()!);
                }
            }

            return found;
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A comma ends an option, and two of them are one in its value (QEMU v7.2.0 <c>util/qemu-option.c</c>, get_opt_value).</summary>
    private static IEnumerable<string> InOptions(string argument) => argument.Replace(",,", "\0", StringComparison.Ordinal)
        .Split(',')
        .Where(option => option.StartsWith($"{Property}=", StringComparison.Ordinal))
        .Select(option => option[(Property.Length + 1)..].Replace('\0', ','));
}
