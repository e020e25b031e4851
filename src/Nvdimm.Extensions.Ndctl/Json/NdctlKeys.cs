using System.Collections.Frozen;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Names of keys, and which object has which.</summary>
internal static class NdctlKeys
{
    private static readonly FrozenDictionary<string, NdctlKey> ByName = Enum.GetValues<NdctlKey>()
        .Where(key => key != NdctlKey.Unknown)
        .ToFrozenDictionary(Name, StringComparer.Ordinal);

    /// <summary>The key's name in the listing.</summary>
    public static string Name(this NdctlKey key) => key.ToString().ToLowerInvariant();

    public static NdctlKey Of(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A name table with all keys, so that reading one allocates nothing.</summary>
    public static JsonNameTable NameTable()
    {
        var table = new DefaultJsonNameTable();
        foreach (var name in ByName.Keys)
        {
            table.Add(name);
        }

        return table;
    }
}
