namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>What the keys are called.</summary>
internal static class NdctlKeys
{
    /// <summary>The key's name in the listing.</summary>
    public static string Name(this NdctlKey key) => key.ToString().ToLowerInvariant();
}
