using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Planning;

/// <summary>Finds records of the ledger by the names that people use.</summary>
internal static class LedgerSelector
{
    private static readonly string[] Prefixes = ["", "uuid-", "raw-", "file-", "name-"];

    /// <summary>The records with that kernel name, device file, uuid or identity.</summary>
    public static ValueList<LayoutRecord> Matches(LayoutListing listing, string name)
    {
        var keys = Identities(name).Select(identity => identity.Key).ToHashSet(StringComparer.Ordinal);
        return listing.Records.Where(record => record.Name == name || record.Path == name || keys.Contains(record.Identity.Key))
            .ToValueList();
    }

    /// <summary>The identities that a name can stand for. For files that cannot be read, the name is all that is known.</summary>
    public static IEnumerable<DeviceIdentity> Identities(string name)
    {
        foreach (var prefix in Prefixes)
        {
            var key = prefix is "uuid-" or "raw-" or "file-" ? prefix + name.ToLowerInvariant() : prefix + name;
            if (DeviceIdentity.TryParse(key, out var identity))
            {
                yield return identity;
            }
        }
    }
}
