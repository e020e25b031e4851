using Newtonsoft.Json;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Reads a listing token by token into <see cref="ListedEntry"/>s. Not safe for use by several threads.</summary>
internal sealed class ListingReader(JsonTextReader json, KeyNames names, ReadingBudget budget)
{
    private readonly ValueReader values = new(json, names, budget);
    private readonly HealthReader health = new(new ValueReader(json, names, budget));
    private readonly DaxDeviceReader daxDevice = new(new ValueReader(json, names, budget));
    private readonly ListedObject listing = new() { Dev = "the listing" };
    private ListedObject? spare;
    private bool isObject;

    /// <summary>
    /// The entries read so far, complete objects only. It grows while <see cref="Read"/> runs, and keeps its content if it throws.
    /// </summary>
    public ListedEntries Entries { get; } = [];

    /// <summary>The problems of the array at the top.</summary>
    public IReadOnlyList<Finding> Findings => listing.Findings ?? [];

    /// <summary>The shape, as far as it was read.</summary>
    public NdctlListingShape Shape => isObject
        ? NdctlListingShape.SingleObject
        : Entries.Count == 0
            ? NdctlListingShape.Empty
            : Entries.All(entry => entry.Object is null || entry.Object.ResolvedKind == ObjectKind.Namespace)
                ? NdctlListingShape.Namespaces
                : NdctlListingShape.Nested;

    /// <summary>Reads to the end of the input.</summary>
    /// <exception cref="RejectedInputException">The input is not a listing.</exception>
    /// <exception cref="JsonReaderException">The input is not JSON.</exception>
    public void Read()
    {
        if (!json.Read())
        {
            return;
        }

        switch (json.TokenType)
        {
            case JsonToken.StartArray:
                ReadArray(ObjectKind.Unknown, listing, Entries);
                break;
            case JsonToken.StartObject:
                isObject = true;
                ReadObject(ObjectKind.Unknown, Entries);
                break;
            default:
                throw Malformed("the input is neither an array nor an object");
        }

        // Throws if anything follows. Only a comment would be accepted, which StrictJsonText refuses.
        json.Read();
    }

    private void ReadArray(ObjectKind kind, ListedObject owner, ListedEntries into)
    {
        while (values.NextObject(owner))
        {
            ReadObject(kind, into);
        }
    }

    /// <summary>
    /// Reads an object. One with children is added before its end, so that a truncated bus does not lose its namespaces. The others are
    /// added at their end, since a truncated namespace is useless.
    /// </summary>
    private void ReadObject(ObjectKind kind, ListedEntries into)
    {
        var listed = spare ?? new ListedObject();
        spare = null;
        listed.Begin(kind, json.LineNumber, json.LinePosition);
        Count();
        while (values.Next() != JsonToken.EndObject)
        {
            var key = values.ReadKey(listed);
            ReadValue(listed, key, into);
        }

        if (listed.Children is null)
        {
            var entry = NamespaceMapper.Finish(listed);
            into.Add(entry);
            spare = entry.Device is null ? null : listed;
        }
    }

    private void ReadValue(ListedObject listed, NdctlKey key, ListedEntries into)
    {
        switch (key)
        {
            case NdctlKey.Namespaces:
                ReadChildren(ObjectKind.Namespace, listed, into);
                break;
            case NdctlKey.Regions:
                ReadChildren(ObjectKind.Region, listed, into);
                break;
            case NdctlKey.Dimms:
                ReadChildren(ObjectKind.Dimm, listed, into);
                break;
            case NdctlKey.Mappings:
                ReadMappings(listed);
                break;
            case NdctlKey.DaxRegion:
                ReadDaxRegion(listed);
                break;
            case NdctlKey.BadBlocks:
                ReadBadBlocks(listed);
                break;
            case NdctlKey.Health:
                health.Read(listed);
                break;
            case NdctlKey.Capabilities or NdctlKey.Firmware or NdctlKey.DaxDevs or NdctlKey.Unknown:
                values.Skip();
                break;
            default:
                ScalarKeys.Read(values, listed, key);
                break;
        }
    }

    private void ReadChildren(ObjectKind kind, ListedObject parent, ListedEntries into)
    {
        if (parent.Children is null)
        {
            parent.Children = [];
            into.Add(new ListedEntry(parent));
        }

        if (values.EnterArray(parent))
        {
            ReadArray(kind, parent, parent.Children);
        }
    }

    private void ReadMappings(ListedObject region)
    {
        region.MappedDimms ??= [];
        if (!values.EnterArray(region))
        {
            return;
        }

        while (values.NextObject(region))
        {
            while (values.NextKey() is { } key)
            {
                ReadMapping(region, key);
            }
        }
    }

    private void ReadMapping(ListedObject region, NdctlKey key)
    {
        switch (key)
        {
            case NdctlKey.Dimm when values.ReadString(region, key) is { } dimm:
                Count();
                region.MappedDimms!.Add(dimm);
                break;
            case NdctlKey.Dimm:
                break;
            case NdctlKey.Offset or NdctlKey.Length or NdctlKey.Position:
                values.Skip();
                break;
            default:
                values.Unknown(region, "mapping");
                break;
        }
    }

    private void ReadBadBlocks(ListedObject listed)
    {
        listed.Values.BadBlocks ??= [];
        if (!values.EnterArray(listed))
        {
            return;
        }

        while (values.NextObject(listed))
        {
            if (ReadBadBlockRange(listed) is { } range)
            {
                Count();
                listed.Values.BadBlocks.Add(range);
            }
        }
    }

    private BadBlockRange? ReadBadBlockRange(ListedObject listed)
    {
        long? offset = null;
        long? length = null;
        while (values.NextKey() is { } key)
        {
            switch (key)
            {
                case NdctlKey.Offset:
                    offset = values.ReadInteger(listed, key);
                    break;
                case NdctlKey.Length:
                    length = values.ReadInteger(listed, key);
                    break;
                case NdctlKey.Dimms:
                    values.Skip();
                    break;
                default:
                    values.Unknown(listed, "bad block range");
                    break;
            }
        }

        return offset is { } start && length is { } blocks ? new BadBlockRange(start, blocks) : null;
    }

    private void ReadDaxRegion(ListedObject listed)
    {
        listed.Values.DaxDevices ??= [];
        if (!values.EnterObject(listed))
        {
            return;
        }

        while (values.NextKey() is { } key)
        {
            switch (key)
            {
                case NdctlKey.Devices:
                    ReadDaxDevices(listed);
                    break;
                case NdctlKey.Align:
                    listed.Values.DaxRegionAlign = values.ReadInteger(listed, key);
                    break;
                case NdctlKey.Id or NdctlKey.Path or NdctlKey.Size or NdctlKey.Available_Size:
                    values.Skip();
                    break;
                default:
                    values.Unknown(listed, "dax region");
                    break;
            }
        }
    }

    private void ReadDaxDevices(ListedObject listed)
    {
        if (!values.EnterArray(listed))
        {
            return;
        }

        while (values.NextObject(listed))
        {
            daxDevice.Read(listed);
            Count();
        }
    }

    private void Count() => budget.CountEntry(json.LineNumber, json.LinePosition);

    private RejectedInputException Malformed(string detail) => new(NvdimmCodes.NdctlMalformed, detail, json.LineNumber, json.LinePosition);
}
