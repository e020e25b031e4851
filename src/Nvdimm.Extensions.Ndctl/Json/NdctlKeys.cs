namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>What the keys are called.</summary>
internal static class NdctlKeys
{
    /// <summary>The key's name in the listing. One has spaces (pmem/ndctl v64, <c>util/json.c</c>); documents write it like the others.</summary>
    public static string Name(this NdctlKey key) => key == NdctlKey.Supported_Sector_Sizes ? "supported sector sizes" : key.ToString().ToLowerInvariant();
}
