using Newtonsoft.Json;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Mapping;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Reads a listing token by token into <see cref="ListedEntry"/>s.</summary>
internal sealed class ListingReader(JsonTextReader json, int maximumItems)
{
    private readonly ValueReader values = new(json);
    private int items;
    private bool isObject;

    /// <summary>What was read so far, complete objects only. Grows while <see cref="Read"/> runs and stays when it throws.</summary>
    public List<ListedEntry> Entries { get; } = [];

    /// <summary>The shape, as far as it was read.</summary>
    public NdctlListingShape Shape => isObject
        ? NdctlListingShape.SingleObject
        : Entries.Count == 0
            ? NdctlListingShape.Empty
            : Entries.TrueForAll(entry => entry.Object is null || entry.Object.ResolvedKind == ObjectKind.Namespace)
                ? NdctlListingShape.Namespaces
                : NdctlListingShape.Nested;

    /// <summary>Reads to the end of the input.</summary>
    /// <exception cref="RejectedInputException">The input is not such a listing.</exception>
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
                ReadArray(ObjectKind.Unknown, Entries);
                break;
            case JsonToken.StartObject:
                isObject = true;
                ReadObject(ObjectKind.Unknown, Entries);
                break;
            default:
                throw Malformed("the input is neither an array nor an object");
        }

        // Throws where something follows: only a comment would be read, which StrictJsonText refuses.
        json.Read();
    }

    private void ReadArray(ObjectKind kind, List<ListedEntry> into)
    {
        while (values.Next() != JsonToken.EndArray)
        {
            if (json.TokenType != JsonToken.StartObject)
            {
                throw Malformed($"an array has {values.Describe()} where an object should be");
            }

            ReadObject(kind, into);
        }
    }

    /// <summary>
    /// Adds an object that holds others before its end is read, so that a truncated bus does not lose its namespaces;
    /// the others at their end, since a truncated namespace is none.
    /// </summary>
    private void ReadObject(ObjectKind kind, List<ListedEntry> into)
    {
        var listed = new ListedObject(kind, json.LineNumber, json.LinePosition);
        Count();
        while (values.Next() != JsonToken.EndObject)
        {
            var key = values.ReadKey(listed);
            ReadValue(listed, key, into);
        }

        if (listed.Children is null)
        {
            into.Add(NamespaceMapper.Finish(listed));
        }
    }

    private void ReadValue(ListedObject listed, NdctlKey key, List<ListedEntry> into)
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
            case NdctlKey.Capabilities or NdctlKey.Health or NdctlKey.Firmware or NdctlKey.DaxDevs or NdctlKey.Unknown:
                values.Skip();
                break;
            default:
                ScalarKeys.Read(values, listed, key);
                break;
        }
    }

    private void ReadChildren(ObjectKind kind, ListedObject parent, List<ListedEntry> into)
    {
        if (parent.Children is null)
        {
            parent.Children = [];
            into.Add(new ListedEntry(null, parent));
        }

        if (values.EnterArray(parent))
        {
            ReadArray(kind, parent.Children);
        }
    }

    private void ReadMappings(ListedObject region)
    {
        region.MappedDimms ??= [];
        values.ReadObjects(region, (key, mapping) =>
        {
            if (key == NdctlKey.Dimm && values.ReadString(mapping, key) is { } dimm)
            {
                Count();
                region.MappedDimms.Add(dimm);
            }
            else if (key is NdctlKey.Offset or NdctlKey.Length or NdctlKey.Position)
            {
                values.Skip();
            }
            else if (key != NdctlKey.Dimm)
            {
                values.Unknown(region, "mapping");
            }
        });
    }

    private void ReadBadBlocks(ListedObject listed)
    {
        listed.BadBlocks ??= [];
        long? offset = null;
        long? length = null;
        values.ReadObjects(
            listed,
            (key, _) =>
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
            },
            () =>
            {
                if (offset is { } start && length is { } blocks)
                {
                    Count();
                    listed.BadBlocks.Add(new BadBlockRange(start, blocks));
                }

                (offset, length) = (null, null);
            });
    }

    private void ReadDaxRegion(ListedObject listed)
    {
        listed.DaxDevices ??= [];
        values.ReadObject(listed, (key, region) =>
        {
            switch (key)
            {
                case NdctlKey.Devices:
                    new DaxDeviceReader(values, listed, Count).ReadAll();
                    break;
                case NdctlKey.Id or NdctlKey.Path or NdctlKey.Size or NdctlKey.Available_Size or NdctlKey.Align:
                    values.Skip();
                    break;
                default:
                    values.Unknown(region, "dax region");
                    break;
            }
        });
    }

    private void Count()
    {
        if (++items > maximumItems)
        {
            throw new RejectedInputException(NvdimmCodes.NdctlTooLarge, $"more than {maximumItems} entries", json.LineNumber, json.LinePosition);
        }
    }

    private RejectedInputException Malformed(string detail) => new(NvdimmCodes.NdctlMalformed, detail, json.LineNumber, json.LinePosition);
}
