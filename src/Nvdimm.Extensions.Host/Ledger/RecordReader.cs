using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// Reads records. The version stands first, so that a newer one is recognised before anything else is looked at. Version 1 has no
/// <c>labelSum</c>.
/// </summary>
internal static class RecordReader
{
    private static readonly Dictionary<string, SizingStrategy> Strategies =
        new(StringComparer.Ordinal) { ["ovirt"] = SizingStrategy.Ovirt, ["largest"] = SizingStrategy.Largest };

    /// <exception cref="RejectedJsonException">It is not a record.</exception>
    public static LayoutRecord Read(byte[] utf8) => JsonReading.Read(utf8, Record);

    /// <summary>Reads an export.</summary>
    /// <exception cref="RejectedJsonException">It is none.</exception>
    public static ValueList<LayoutRecord> ReadAll(byte[] utf8) => JsonReading.Read(utf8, json =>
    {
        ValueList<LayoutRecord> records = [];
        json.Object(("schemaVersion", () => Version(json)), ("records", () => records = json.Array(() => Record(json))));
        return records.DistinctBy(record => record.Identity).Count() == records.Count ? records : throw json.Bad("a device stands twice");
    });

    private static LayoutRecord Record(JsonReading json)
    {
        DeviceIdentity? identity = null;
        var (name, path) = ("", "");
        var first = default(DateTimeOffset);
        var rest = new LayoutRecord(null!, name, path, first);
        json.Object(
            "labelSum",
            ("schemaVersion", () => Version(json)),
            ("identity", () => identity = DeviceIdentity.TryParse(json.Text(), out var read) ? read : throw json.Bad("the identity is none")),
            ("name", () => name = json.Text()),
            ("path", () => path = json.Text()),
            ("layout", () => rest = rest with { Layout = json.OrNull(() => Layout(json)) }),
            ("labelHash", () => rest = rest with { LabelHash = Hash(json, 64) }),
            ("labelSum", () => rest = rest with { LabelSum = Hash(json, 32) }),
            ("hypervisor", () => rest = rest with { Hypervisor = json.TextOrNull() }),
            ("vmName", () => rest = rest with { VmName = json.TextOrNull() }),
            ("vmId", () => rest = rest with { VmId = json.TextOrNull() }),
            ("firstRecorded", () => first = json.Time()),
            ("lastChanged", () => rest = rest with { LastChanged = json.TimeOrNull() }),
            ("lastUsed", () => rest = rest with { LastUsed = json.TimeOrNull() }),
            ("accepted", () => rest = rest with { Accepted = json.Array(() => Accepted(json)) }));
        return rest with { Identity = identity!, Name = name, Path = path, FirstRecorded = first };
    }

    private static void Version(JsonReading json)
    {
        var version = json.Number(minimum: 1);
        if (version > LayoutRecord.SchemaVersion)
        {
            throw RejectedJsonException.Newer(version);
        }
    }

    private static string? Hash(JsonReading json, int digits) => json.TextOrNull() switch
    {
        null => null,
        var hash when hash.Length == digits && hash.All(char.IsAsciiHexDigitLower) => hash,
        _ => throw json.Bad("the hash is none"),
    };

    private static DeviceLayout Layout(JsonReading json)
    {
        var (architecture, strategy, uuid) = (default(GuestArchitecture), default(SizingStrategy), (Guid?)null);
        var (device, label, target, backend, offset, guest) = (ByteSize.Zero, ByteSize.Zero, ByteSize.Zero, ByteSize.Zero, ByteSize.Zero, ByteSize.Zero);
        var align = default(Alignment);
        json.Object(
            ("architecture", () => architecture = json.Text() is var name && !string.IsNullOrWhiteSpace(name) && GuestArchitecture.FromName(name) is { IsSupported: true } known ? known : throw json.Bad("the architecture is not known")),
            ("strategy", () => strategy = Strategies.TryGetValue(json.Text(), out var known) ? known : throw json.Bad("the strategy is not known")),
            ("deviceSize", () => device = json.Size()),
            ("alignSize", () => align = json.Align()),
            ("labelSize", () => label = json.Size()),
            ("targetSize", () => target = json.Size()),
            ("backendSize", () => backend = json.Size()),
            ("labelOffset", () => offset = json.Size()),
            ("guestSize", () => guest = json.Size()),
            ("guestUuid", () => uuid = json.UuidOrNull()));
        var layout = new DeviceLayout
        {
            Architecture = architecture,
            Strategy = strategy,
            DeviceSize = device,
            AlignSize = align,
            LabelSize = label,
            TargetSize = target,
            BackendSize = backend,
            LabelOffset = offset,
            GuestSize = guest,
            GuestUuid = uuid,
        };
        return layout.IsConsistent ? layout : throw json.Bad("the figures of the layout contradict each other");
    }

    private static AcceptedFinding Accepted(JsonReading json)
    {
        var (code, by, note, at) = ("", "", (string?)null, default(DateTimeOffset));
        ValueList<FindingArgument> arguments = [];
        json.Object(
            ("code", () => code = json.Text()),
            ("arguments", () => arguments = json.Array(() => Argument(json))),
            ("at", () => at = json.Time()),
            ("by", () => by = json.Text()),
            ("note", () => note = json.TextOrNull()));
        return new AcceptedFinding(code, arguments, at, by, note);
    }

    private static FindingArgument Argument(JsonReading json)
    {
        var (name, value) = ("", "");
        json.Object(("name", () => name = json.Text()), ("value", () => value = json.Text()));
        return (name, value);
    }
}
