using Newtonsoft.Json;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>
/// Reads the output of <c>lsblk --json</c> (util-linux 2.32 and later):
/// <c>{"blockdevices":[{"name":…,"type":…,"ro":…,"mountpoint":…,"children":[…]}]}</c>. <c>ro</c> is a boolean, in older versions <c>"0"</c>
/// or <c>"1"</c>; swap has the mount point <c>[SWAP]</c>.
/// </summary>
internal static class BlockDeviceTree
{
    private const int MaximumDepth = 64;

    /// <summary>
    /// Returns the host's use of each device at the top, by path. It includes the use of everything that is built on the device.
    /// </summary>
    /// <exception cref="JsonException">The text is malformed or truncated.</exception>
    public static Dictionary<string, DeviceUse> Read(string text)
    {
        using var json = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = MaximumDepth };
        var uses = new Dictionary<string, DeviceUse>(StringComparer.Ordinal);
        Next(json, JsonToken.StartObject);
        while (Next(json) == JsonToken.PropertyName)
        {
            var isTree = string.Equals((string)json.Value!, "blockdevices", StringComparison.Ordinal);
            Next(json);
            if (!isTree)
            {
                json.Skip();
                continue;
            }

            foreach (var node in Nodes(json))
            {
                uses[$"/dev/{node.Name}"] = new DeviceUse(node.IsReadOnly, node.Uses().ToValueList());
            }
        }

        return uses;
    }

    private static List<Node> Nodes(JsonTextReader json)
    {
        Is(json, JsonToken.StartArray);
        var nodes = new List<Node>();
        while (Next(json) != JsonToken.EndArray)
        {
            nodes.Add(ReadNode(json));
        }

        return nodes;
    }

    private static Node ReadNode(JsonTextReader json)
    {
        Is(json, JsonToken.StartObject);
        var node = new Node("", "", IsReadOnly: false, null, []);
        while (Next(json) == JsonToken.PropertyName)
        {
            var name = (string)json.Value!;
            Next(json);
            switch (name)
            {
                case "name":
                    node = node with { Name = $"{json.Value}" };
                    break;
                case "type":
                    node = node with { Type = $"{json.Value}" };
                    break;
                case "ro":
                    node = node with { IsReadOnly = $"{json.Value}" is "1" or "True" };
                    break;
                case "mountpoint":
                    node = node with { Mountpoint = json.Value as string };
                    break;
                case "children":
                    node = node with { Children = Nodes(json) };
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return node;
    }

    private static JsonToken Next(JsonTextReader json) =>
        json.Read() ? json.TokenType : throw new JsonReaderException("the tree of block devices ends too early");

    private static void Next(JsonTextReader json, JsonToken expected)
    {
        Next(json);
        Is(json, expected);
    }

    private static void Is(JsonTextReader json, JsonToken expected)
    {
        if (json.TokenType != expected)
        {
            throw new JsonReaderException(
                $"{json.TokenType} where {expected} should be, line {json.LineNumber}, position {json.LinePosition}");
        }
    }

    private sealed record Node(string Name, string Type, bool IsReadOnly, string? Mountpoint, List<Node> Children)
    {
        public IEnumerable<string> Uses() =>
        [
            .. Mountpoint switch
            {
                null => [],
                "[SWAP]" => [$"swap on /dev/{Name}"],
                _ => new[] { DeviceUse.MountedOn(Mountpoint) },
            },
            .. Children.Where(child => child.Type != "part").Select(child => $"held by {child.Name}"),
            .. Children.SelectMany(child => child.Uses()),
        ];
    }
}
