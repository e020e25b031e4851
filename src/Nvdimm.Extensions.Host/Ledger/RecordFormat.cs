using System.Globalization;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The format of a record: one row for each field, with the first version that has it, its reader and its writer. Reader, writer and the
/// tool's JSON all use these rows. Earlier versions can be read; fields that they lack are null; the next change writes the present
/// version.
/// </summary>
public static class RecordFormat
{
    private const int HashDigits = 64;
    private const int SumDigits = 32;

    private static readonly (NamespaceMode Mode, string Name)[] Modes =
    [
        (NamespaceMode.Raw, "raw"), (NamespaceMode.Sector, "sector"), (NamespaceMode.Fsdax, "fsdax"), (NamespaceMode.Devdax, "devdax"),
    ];

    private static readonly (OwnershipAct Act, string Name)[] Acts =
    [
        (OwnershipAct.FirstUse, "first-use"), (OwnershipAct.Given, "given"), (OwnershipAct.Released, "released"),
        (OwnershipAct.Imported, "imported"),
    ];

    private static readonly RecordField<DeviceLayout>[] LayoutFields =
    [
        new(
            "architecture",
            1,
            (json, layout) => layout with { Architecture = Architecture(json) },
            (to, name, layout) => to.Text(name, layout.Architecture.Name)),
        new("strategy", 1, (json, layout) => layout with { Strategy = Strategy(json) },
            (to, name, layout) => to.Text(name, NameOf(layout.Strategy))),
        new("deviceSize", 1, (json, layout) => layout with { DeviceSize = json.Size() },
            (to, name, layout) => to.Number(name, layout.DeviceSize.Bytes)),
        new("alignSize", 1, (json, layout) => layout with { AlignSize = json.Align() },
            (to, name, layout) => to.Number(name, layout.AlignSize.Bytes)),
        new("labelSize", 1, (json, layout) => layout with { LabelSize = json.Size() },
            (to, name, layout) => to.Number(name, layout.LabelSize.Bytes)),
        new("targetSize", 1, (json, layout) => layout with { TargetSize = json.Size() },
            (to, name, layout) => to.Number(name, layout.TargetSize.Bytes)),
        new("backendSize", 1, (json, layout) => layout with { BackendSize = json.Size() },
            (to, name, layout) => to.Number(name, layout.BackendSize.Bytes)),
        new("labelOffset", 1, (json, layout) => layout with { LabelOffset = json.Size() },
            (to, name, layout) => to.Number(name, layout.LabelOffset.Bytes)),
        new("guestSize", 1, (json, layout) => layout with { GuestSize = json.Size() },
            (to, name, layout) => to.Number(name, layout.GuestSize.Bytes)),
        new(
            "guestUuid",
            1,
            (json, layout) => layout with { GuestUuid = json.UuidOrNull() },
            (to, name, layout) => to.Text(name, layout.GuestUuid?.ToString("D"))),
    ];

    private static readonly RecordField<AcceptedFinding>[] AcceptedFields =
    [
        new("code", 1, (json, accepted) => accepted with { Code = json.Text() }, (to, name, accepted) => to.Text(name, accepted.Code)),
        new(
            "arguments",
            1,
            (json, accepted) => accepted with { Arguments = json.Array(() => Argument(json)) },
            (to, name, accepted) => to.Arguments(name, accepted.Arguments)),
        new("at", 1, (json, accepted) => accepted with { At = json.Time() }, (to, name, accepted) => to.Text(name, Time(accepted.At))),
        new("by", 1, (json, accepted) => accepted with { By = json.Text() }, (to, name, accepted) => to.Text(name, accepted.By)),
        new("note", 1, (json, accepted) => accepted with { Note = json.TextOrNull() },
            (to, name, accepted) => to.Text(name, accepted.Note)),
    ];

    private static readonly RecordField<DeviceSharing>[] SharingFields =
    [
        new("vms", 3, (json, sharing) => sharing with { Vms = json.Array(json.Text) }, (to, name, sharing) => to.Texts(name, sharing.Vms)),
        new("at", 3, (json, sharing) => sharing with { At = json.Time() }, (to, name, sharing) => to.Text(name, Time(sharing.At))),
        new("by", 3, (json, sharing) => sharing with { By = json.Text() }, (to, name, sharing) => to.Text(name, sharing.By)),
        new("note", 3, (json, sharing) => sharing with { Note = json.TextOrNull() }, (to, name, sharing) => to.Text(name, sharing.Note)),
    ];

    private static readonly RecordField<LayoutRecord>[] RecordFields =
    [
        new("identity", 1, (json, record) => record with { Identity = Identity(json) },
            (to, name, record) => to.Text(name, record.Identity.Key)),
        new("name", 1, (json, record) => record with { Name = json.Text() }, (to, name, record) => to.Text(name, record.Name)),
        new("path", 1, (json, record) => record with { Path = json.Text() }, (to, name, record) => to.Text(name, record.Path)),
        new(
            "layout",
            1,
            (json, record) => record with { Layout = json.OrNull(() => Layout(json)) },
            (to, name, record) => Write(to, name, LayoutFields, record.Layout)),
        new("labelHash", 1, (json, record) => record with { LabelHash = Hash(json, HashDigits) },
            (to, name, record) => to.Text(name, record.LabelHash)),
        new("labelSum", 2, (json, record) => record with { LabelSum = Hash(json, SumDigits) },
            (to, name, record) => to.Text(name, record.LabelSum)),
        new(
            "labelSizes",
            3,
            (json, record) => record with { LabelSizes = json.OrNull(() => json.Array(json.Size)) },
            (to, name, record) => to.Numbers(name, record.LabelSizes?.Select(size => size.Bytes))),
        new("rawUuid", 3, (json, record) => record with { RawUuid = json.UuidOrNull() },
            (to, name, record) => to.Text(name, record.RawUuid?.ToString("D"))),
        new("labelUuids", 4, (json, record) => record with { LabelUuids = json.OrNull(() => json.Array(json.Uuid)) }, (to, name, record) =>
            to.Texts(name, record.LabelUuids?.Select(uuid => uuid.ToString("D")).ToValueList())),
        new("contentUuid", 4, (json, record) => record with { ContentUuid = json.TextOrNull() },
            (to, name, record) => to.Text(name, record.ContentUuid)),
        new("mode", 4, (json, record) => record with { Mode = Mode(json) }, (to, name, record) => to.Text(name, NameOf(record.Mode))),
        new("interleaveSet", 4, (json, record) => record with { InterleaveSet = json.TextOrNull() },
            (to, name, record) => to.Text(name, record.InterleaveSet)),
        new("dimms", 4, (json, record) => record with { Dimms = json.Array(json.Text) },
            (to, name, record) => to.Texts(name, record.Dimms)),
        new("dirtyShutdowns", 5, (json, record) => record with { DirtyShutdowns = json.NumberOrNull() },
            (to, name, record) => to.Number(name, record.DirtyShutdowns)),
        new("host", 4, (json, record) => record with { Host = json.TextOrNull() }, (to, name, record) => to.Text(name, record.Host)),
        new("hypervisor", 1, (json, record) => record with { Hypervisor = json.TextOrNull() },
            (to, name, record) => to.Text(name, record.Hypervisor)),
        new("vmName", 1, (json, record) => record with { VmName = json.TextOrNull() }, (to, name, record) => to.Text(name, record.VmName)),
        new("vmId", 1, (json, record) => record with { VmId = json.TextOrNull() }, (to, name, record) => to.Text(name, record.VmId)),
        new("ownedSince", 4, (json, record) => record with { OwnedSince = json.TimeOrNull() },
            (to, name, record) => to.Text(name, Time(record.OwnedSince))),
        new("ownedBy", 4, (json, record) => record with { OwnedBy = Act(json) },
            (to, name, record) => to.Text(name, NameOf(record.OwnedBy))),
        new(
            "replacedBy",
            4,
            (json, record) => record with { ReplacedBy = json.OrNull(() => Identity(json)) },
            (to, name, record) => to.Text(name, record.ReplacedBy?.Key)),
        new(
            "distinctFrom",
            4,
            (json, record) => record with { DistinctFrom = json.Array(() => Identity(json)) },
            (to, name, record) => to.Texts(name, record.DistinctFrom.Select(other => other.Key).ToValueList())),
        new("firstRecorded", 1, (json, record) => record with { FirstRecorded = json.Time() },
            (to, name, record) => to.Text(name, Time(record.FirstRecorded))),
        new("lastChanged", 1, (json, record) => record with { LastChanged = json.TimeOrNull() },
            (to, name, record) => to.Text(name, Time(record.LastChanged))),
        new("lastUsed", 1, (json, record) => record with { LastUsed = json.TimeOrNull() },
            (to, name, record) => to.Text(name, Time(record.LastUsed))),
        new(
            "sharing",
            3,
            (json, record) => record with { Sharing = json.OrNull(() => Sharing(json)) },
            (to, name, record) => Write(to, name, SharingFields, record.Sharing)),
        new(
            "accepted",
            1,
            (json, record) => record with { Accepted = json.Array(() => Accepted(json)) },
            (to, name, record) =>
                to.Parts(name, record.Accepted.Select<AcceptedFinding, Action>(accepted => () => Write(to, AcceptedFields, accepted)))),
    ];

    private static readonly RecordField<ValueList<LayoutRecord>>[] ExportFields =
    [
        new(
            "records",
            1,
            (json, _) => json.Array(() => Read(json)),
            (to, name, records) => to.Parts(name, records.Select<LayoutRecord, Action>(record => () => WriteVersioned(record, to)))),
    ];

    /// <summary>Writes the fields of a record.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(LayoutRecord record, IRecordWriter writer)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, RecordFields, record);
    }

    /// <summary>Writes the fields of a layout.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void Write(DeviceLayout layout, IRecordWriter writer)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, LayoutFields, layout);
    }

    /// <summary>Writes the version of the format, and the fields of a record.</summary>
    internal static void WriteVersioned(LayoutRecord record, IRecordWriter writer) => WriteVersioned(writer, RecordFields, record);

    /// <summary>Writes the version of the format, and an export.</summary>
    internal static void WriteAll(ValueList<LayoutRecord> records, IRecordWriter writer) => WriteVersioned(writer, ExportFields, records);

    /// <summary>Reads an export.</summary>
    /// <exception cref="RejectedJsonException">The JSON is not an export.</exception>
    internal static ValueList<LayoutRecord> ReadAll(JsonReading json) => json.Versioned(ExportFields, [], LayoutRecord.SchemaVersion);

    /// <summary>Reads the fields of a record in a version of the format.</summary>
    /// <exception cref="RejectedJsonException">The JSON is not a record.</exception>
    internal static LayoutRecord Read(JsonReading json) =>
        json.Versioned(RecordFields, new LayoutRecord
        {
            Identity = null!,
            Name = "",
            Path = "",
            FirstRecorded = default,
        }, LayoutRecord.SchemaVersion);

    private static void WriteVersioned<T>(IRecordWriter writer, RecordField<T>[] fields, T part)
    {
        writer.Number(JsonReading.VersionKey, LayoutRecord.SchemaVersion);
        Write(writer, fields, part);
    }

    private static void Write<T>(IRecordWriter writer, RecordField<T>[] fields, T part)
    {
        foreach (var field in fields)
        {
            field.Write(writer, part);
        }
    }

    private static void Write<T>(IRecordWriter writer, string name, RecordField<T>[] fields, T? part)
        where T : class => writer.Part(name, part is null ? null : () => Write(writer, fields, part));

    private static DeviceLayout Layout(JsonReading json)
    {
        var layout = json.Object(LayoutFields, new DeviceLayout
        {
            Architecture = default,
            Strategy = default,
            DeviceSize = default,
            AlignSize = default,
            LabelSize = default,
            TargetSize = default,
            BackendSize = default,
            LabelOffset = default,
            GuestSize = default,
        });
        return layout.IsConsistent ? layout : throw json.Bad("the figures of the layout contradict each other");
    }

    private static DeviceSharing Sharing(JsonReading json) => json.Object(SharingFields, new DeviceSharing
    {
        Vms = [],
        At = default,
        By = "",
        Note = null,
    });

    /// <summary>
    /// Reads an acceptance. English text that versions before 3 recorded is dropped: it was never part of the acceptance.
    /// </summary>
    private static AcceptedFinding Accepted(JsonReading json)
    {
        var accepted = json.Object(AcceptedFields, new AcceptedFinding
        {
            Code = "",
            Arguments = [],
            At = default,
            By = "",
            Note = null,
        });
        return accepted with { Arguments = GuardCodes.EvidenceOf(accepted.Code, accepted.Arguments) };
    }

    private static FindingArgument Argument(JsonReading json)
    {
        var (name, value) = ("", "");
        json.Object(("name", () => name = json.Text()), ("value", () => value = json.Text()));
        return (name, value);
    }

    private static DeviceIdentity Identity(JsonReading json) =>
        DeviceIdentity.TryParse(json.Text(), out var identity) ? identity : throw json.Bad("the identity is none");

    private static GuestArchitecture Architecture(JsonReading json) =>
        json.Text() is var name && !string.IsNullOrWhiteSpace(name) && GuestArchitecture.FromName(name) is { IsSupported: true } row
            ? row
            : throw json.Bad("the architecture is not known");

    private static SizingStrategy Strategy(JsonReading json) => json.Text() switch
    {
        "ovirt" => SizingStrategy.Ovirt,
        "largest" => SizingStrategy.Largest,
        _ => throw json.Bad("the strategy is not known"),
    };

    private static string NameOf(SizingStrategy strategy) => strategy == SizingStrategy.Largest ? "largest" : "ovirt";

    private static NamespaceMode Mode(JsonReading json) => json.TextOrNull() switch
    {
        null => NamespaceMode.Unknown,
        var text =>
            Array.Find(Modes, mode => mode.Name == text) is { Name: not null } row ? row.Mode : throw json.Bad("the mode is not known"),
    };

    private static string? NameOf(NamespaceMode mode) => Array.Find(Modes, row => row.Mode == mode).Name;

    private static OwnershipAct? Act(JsonReading json) => json.TextOrNull() switch
    {
        null => null,
        var text =>
            Array.Find(Acts, act => act.Name == text) is { Name: not null } row ? row.Act : throw json.Bad("the act is not known"),
    };

    private static string? NameOf(OwnershipAct? act) => Array.Find(Acts, row => row.Act == act).Name;

    private static string? Hash(JsonReading json, int digits) => json.TextOrNull() switch
    {
        null => null,
        var hash when hash.Length == digits && hash.All(char.IsAsciiHexDigitLower) => hash,
        _ => throw json.Bad("the hash is none"),
    };

    private static string? Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
