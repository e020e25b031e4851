using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nvdimm.Extensions.Ndctl.Tests.Vdsm;

/// <summary>What VDSM 4.5 makes of a listing (<c>lib/vdsm/common/hostdev.py</c>, <c>list_nvdimms</c>), as naively as it does it.</summary>
internal static class VdsmOracle
{
    /// <summary>Its answer; null where it fails as a whole.</summary>
    public static JObject? Answer(string json)
    {
        var answer = new JObject();
        if (Load(json) is not { } listing)
        {
            return answer;
        }

        foreach (var entry in listing)
        {
            if (entry is not JObject device)
            {
                return null;
            }

            if (DeviceFile(device) is not { } file)
            {
                continue;
            }

            if (device["dev"] is not { } name || device["numa_node"] is not { } node || device["mode"] is not { } mode || device["size"] is not { Type: JTokenType.Integer } size)
            {
                return null;
            }

            var parameters = new JObject
            {
                ["capability"] = "nvdimm",
                ["parent"] = "computer",
                ["device_path"] = $"/dev/{file}",
                ["numa_node"] = node,
                ["mode"] = mode,
                ["device_size"] = size,
            };
            if (device["align"] is { } align)
            {
                parameters["align_size"] = align;
            }

            answer[(string)name!] = new JObject { ["params"] = parameters };
        }

        return answer;
    }

    /// <summary>The entries that a Python loop over the listing visits: the items of an array, the keys of an object; null where it is no JSON.</summary>
    private static IEnumerable<JToken>? Load(string json)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
            return JToken.ReadFrom(reader) switch
            {
                JObject single => single.Properties().Select(property => new JValue(property.Name)),
                var items => items,
            };
        }
        catch (JsonReaderException)
        {
            return null;
        }
    }

    private static string? DeviceFile(JObject device) => (string?)(device["blockdev"] ?? device["chardev"] ?? device.SelectToken("daxregion.devices[0].chardev"));
}
