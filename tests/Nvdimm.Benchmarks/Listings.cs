using System.Globalization;
using System.Reflection;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nvdimm.Benchmarks;

/// <summary>Listings of any length, made of a real one: every namespace has a name, uuids and a device of its own.</summary>
internal static class Listings
{
    private const string Template = "tests/TestData/ndctl/main-02-all-modes/list-N-v.json";

    public static string RepositoryRoot { get; } = typeof(Listings).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>A listing of so many namespaces, printed as ndctl prints it.</summary>
    /// <exception cref="InvalidOperationException">The capture is not printed as it was.</exception>
    public static byte[] Of(int namespaces)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot, Template));
        var captured = JArray.Parse(text);
        if (!string.Equals(Print(captured), text, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{Template} printed again is another text");
        }

        var listing = new JArray(Enumerable.Range(0, namespaces).Select(index => Renumber((JObject)captured[index % captured.Count].DeepClone(), index)));
        return Encoding.UTF8.GetBytes(Print(listing));
    }

    private static JObject Renumber(JObject entry, int index)
    {
        entry["dev"] = $"namespace{index}.0";
        foreach (var key in new[] { "uuid", "raw_uuid" })
        {
            if ((string?)entry[key] is { } uuid)
            {
                entry[key] = $"{index:x8}{uuid[8..]}";
            }
        }

        if ((string?)entry["blockdev"] is { } block)
        {
            entry["blockdev"] = block.EndsWith('s') ? $"pmem{index}s" : $"pmem{index}";
        }

        if (entry["daxregion"] is { } region)
        {
            region["id"] = index;
            region["devices"]![0]!["chardev"] = $"dax{index}.0";
        }

        return entry;
    }

    private static string Print(JArray listing)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var json = new NdctlWriter(text);
        listing.WriteTo(json);
        json.Flush();
        return $"{text}\n";
    }

    /// <summary>json-c prints no blank behind the colon.</summary>
    private sealed class NdctlWriter : JsonTextWriter
    {
        public NdctlWriter(TextWriter text)
            : base(text) => Formatting = Formatting.Indented;

        protected override void WriteIndentSpace()
        {
        }
    }
}
