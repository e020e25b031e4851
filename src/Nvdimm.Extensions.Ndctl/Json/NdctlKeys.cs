namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The keys and their names.</summary>
internal static class NdctlKeys
{
    public static IEnumerable<NdctlKey> All => Enum.GetValues<NdctlKey>().Where(key => key != NdctlKey.Unknown);

    /// <summary>The key's name in the listing.</summary>
    public static string Name(this NdctlKey key) => key.ToString().ToLowerInvariant();
}
