using System.Collections.Frozen;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Gives the reader the names of keys, so that reading one allocates nothing, and remembers which key the last one was.</summary>
internal sealed class KeyNames : JsonNameTable
{
    private static readonly FrozenDictionary<string, (string Name, NdctlKey Key)>.AlternateLookup<ReadOnlySpan<char>> Known = NdctlKeys.All
        .ToFrozenDictionary(key => key.Name(), key => (key.Name(), key), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private (string Name, NdctlKey Key) last = ("", NdctlKey.Unknown);

    /// <inheritdoc/>
    public override string? Get(char[] key, int start, int length)
    {
        if (!Known.TryGetValue(key.AsSpan(start, length), out var known))
        {
            return null;
        }

        last = known;
        return known.Name;
    }

    /// <summary>The key of a name that the reader gave; a name with escapes does not come from here.</summary>
    public NdctlKey Of(string name) => ReferenceEquals(name, last.Name) ? last.Key : Known.TryGetValue(name, out var known) ? known.Key : NdctlKey.Unknown;
}
