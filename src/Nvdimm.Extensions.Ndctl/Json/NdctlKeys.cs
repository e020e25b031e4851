namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The names of the keys.</summary>
internal static class NdctlKeys
{
    /// <summary>
    /// The key's name in the listing. One key has spaces (pmem/ndctl v64, <c>util/json.c</c>), although ndctl's documents write it with
    /// underscores.
    /// </summary>
    public static string Name(this NdctlKey key) =>
        key == NdctlKey.Supported_Sector_Sizes ? "supported sector sizes" : key.ToString().ToLowerInvariant();
}
