using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// Listings of one state, made comparable with those of another boot: uuids are random, entries are in no order, and the kernel numbers regions,
/// and with them namespaces and devices, as it likes. Here they bear the number of their DIMM.
/// </summary>
internal static partial class ComparableListings
{
    /// <summary>The listings among the files of a capture, by name.</summary>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, byte[]> files)
    {
        var dimms = DimmOfRegion(Text(files["list-NDRBi-vv.json"]));
        return files
            .Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal))
            .ToDictionary(file => file.Key, file => Text(file.Value) is { Length: > 0 } text ? Of(JToken.Parse(text), dimms) : "", StringComparer.Ordinal);
    }

    private static Dictionary<string, string> DimmOfRegion(string listing) => listing.Length == 0
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : ((JContainer)JToken.Parse(listing)).DescendantsAndSelf().OfType<JObject>()
            .Where(json => json["mappings"] is not null)
            .ToDictionary(region => ((string)region["dev"]!)["region".Length..], region => ((string)region["mappings"]![0]!["dimm"]!)["nmem".Length..], StringComparer.Ordinal);

    private static string Of(JToken token, Dictionary<string, string> dimms) => token switch
    {
        JArray array => $"[{string.Join(",\n", array.Select(entry => Of(entry, dimms)).Order(StringComparer.Ordinal))}]",
        JObject json => $"{{{string.Join(',', json.Properties().Select(property => $"{property.Name}:{Value(property, dimms)}"))}}}",
        { Type: JTokenType.String } => Numbered.Replace((string)token!, match => $"{match.Groups["what"]}<{dimms.GetValueOrDefault(match.Groups["region"].Value, "?")}>"),
        _ => token.ToString(Formatting.None),
    };

    private static string Value(JProperty property, Dictionary<string, string> dimms) => property switch
    {
        { Name: "uuid" or "raw_uuid" } when Guid.TryParse((string?)property.Value, out var uuid) && uuid != Guid.Empty => "uuid",
        { Name: "id", Value.Type: JTokenType.Integer } => $"<{dimms.GetValueOrDefault(property.Value.ToString(), "?")}>",
        _ => Of(property.Value, dimms),
    };

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes).Trim();

    [GeneratedRegex("^(?<what>namespace|region|pmem|dax)(?<region>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered { get; }
}
