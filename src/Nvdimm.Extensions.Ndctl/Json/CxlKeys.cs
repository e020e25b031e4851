using System.Collections.Frozen;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// The keys with which <c>cxl list</c> names its objects and their groups, and which ndctl never prints (pmem/ndctl v81, <c>cxl/json.c</c>,
/// <c>cxl/filter.c</c>).
/// </summary>
internal static class CxlKeys
{
    private static readonly FrozenSet<string> Names =
    [
        "memdev", "bus", "port", "endpoint", "decoder", "region", "dport",
        "anon memdevs", "memdevs", "buses", "ports", "endpoints", "decoders", "root decoders", "port decoders", "endpoint decoders",
    ];

    private static readonly string[] GroupStarts = ["memdevs:", "ports:", "endpoints:", "decoders:", "regions:", "buses:"];

    /// <summary>Whether only <c>cxl list</c> prints the key.</summary>
    public static bool Contains(string name) =>
        Names.Contains(name) || GroupStarts.Any(start => name.StartsWith(start, StringComparison.Ordinal));
}
