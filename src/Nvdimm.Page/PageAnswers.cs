using System.Text.Json.Serialization;

namespace Nvdimm.Page;

// The JSON of the services. Sizes and offsets are in bytes, times in milliseconds since 1970 or ISO 8601.
internal sealed record AboutAnswer(string Engine, bool IsDevelopment);

internal sealed record FaultAnswer(string Detail, string Reason);

internal sealed record DevicesBody(IReadOnlyList<string>? Devices);

internal sealed record DoneAnswer(IReadOnlyList<string> Devices);

internal sealed record NameAnswer(string Id, string Name);

internal sealed record VmAnswer(string Id, string Name, string Status);

internal sealed record FindingAnswer(string Code, string Severity, string Message);

internal sealed record VerdictAnswer(bool IsAllowed, IReadOnlyList<FindingAnswer> Findings);

internal sealed record AreaAnswer(string Name, long Offset, long Size);

internal sealed record LayoutAnswer(long GuestSize, long? LostSize, int? GuestNode, IReadOnlyList<AreaAnswer> Areas);

internal sealed record DetailAnswer(string Name, string Value);

internal sealed record DeviceAnswer(string Id, string Name)
{
    public string? Identity { get; init; }

    public long? Size { get; init; }

    public required string State { get; init; }

    public required string StateText { get; init; }

    public required IReadOnlyList<FindingAnswer> Reasons { get; init; }

    public required IReadOnlyList<DetailAnswer> Details { get; init; }

    public required IReadOnlyList<FindingAnswer> Findings { get; init; }

    public required IReadOnlyList<VmAnswer> Vms { get; init; }

    public LayoutAnswer? Layout { get; init; }
}

internal sealed record RegionAnswer(string Name, long Size, long Available, IReadOnlyList<string> Devices);

internal sealed record CategoryAnswer(
    string Capability, string Title, bool IsComplete, IReadOnlyList<FindingAnswer> Findings, IReadOnlyList<DeviceAnswer> Devices);

internal sealed record HostAnswer(string Id, string Name)
{
    public string? Address { get; init; }

    public string? Status { get; init; }

    public required string Architecture { get; init; }

    public required IReadOnlyList<int> NumaNodes { get; init; }

    public required IReadOnlyList<RegionAnswer> Regions { get; init; }

    public required IReadOnlyList<CategoryAnswer> Categories { get; init; }
}

internal sealed record EventAnswer(long Time, string Description);

internal sealed record RecordAnswer
{
    public string? Owner { get; init; }

    public DateTimeOffset? OwnedSince { get; init; }

    public DateTimeOffset? FirstRecorded { get; init; }

    public DateTimeOffset? LastUsed { get; init; }

    public DateTimeOffset? LastChanged { get; init; }

    public string? Hypervisor { get; init; }

    public long? GuestSize { get; init; }

    public long? LabelOffset { get; init; }

    public long? LabelSize { get; init; }

    public int? Labels { get; init; }
}

internal sealed record PlaceAnswer(
    VmAnswer Vm, IReadOnlyList<string> PinnedTo, bool IsAttached, bool IsAllowed, IReadOnlyList<FindingAnswer> Findings);

/// <summary>A device with its history; no events if this server keeps no history.</summary>
internal sealed record DeviceViewAnswer(NameAnswer Host, DeviceAnswer Device)
{
    public string? Xml { get; init; }

    public string? Content { get; init; }

    public RecordAnswer? Record { get; init; }

    public string? RecordProblem { get; init; }

    public IReadOnlyList<EventAnswer>? Events { get; init; }

    public required IReadOnlyList<PlaceAnswer> Places { get; init; }
}

internal sealed record AttachmentAnswer(string Name, DeviceAnswer? Device, VerdictAnswer Detach);

internal sealed record VmViewAnswer(string Id, string Name)
{
    public required string Architecture { get; init; }

    public required int NumaNodes { get; init; }

    public NameAnswer? Host { get; init; }

    public required VerdictAnswer Start { get; init; }

    public required IReadOnlyList<AttachmentAnswer> Devices { get; init; }

    public required IReadOnlyList<NameAnswer> PinChoices { get; init; }
}

internal sealed record ChoiceAnswer(
    DeviceAnswer Device, bool IsAttached, bool IsAllowed, IReadOnlyList<FindingAnswer> Findings, LayoutAnswer? Layout);

internal sealed record ChoicesAnswer(IReadOnlyList<FindingAnswer> Own, IReadOnlyList<ChoiceAnswer> Devices);

internal sealed record PreviewedAnswer(string Name, long? Size, LayoutAnswer? Layout, string? Xml);

internal sealed record PreviewAnswer(bool IsAllowed, IReadOnlyList<FindingAnswer> Findings, IReadOnlyList<PreviewedAnswer> Devices);

internal sealed record AuditFindingAnswer(FindingAnswer Finding, NameAnswer? Host, string? Vm, string? Device);

internal sealed record AuditAnswer(IReadOnlyList<AuditFindingAnswer> Findings);

/// <summary>Writes the answers: names in lower case with underscores.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AboutAnswer))]
[JsonSerializable(typeof(FaultAnswer))]
[JsonSerializable(typeof(DevicesBody))]
[JsonSerializable(typeof(DoneAnswer))]
[JsonSerializable(typeof(HostAnswer))]
[JsonSerializable(typeof(DeviceViewAnswer))]
[JsonSerializable(typeof(VmViewAnswer))]
[JsonSerializable(typeof(ChoicesAnswer))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
internal sealed partial class PageJson : JsonSerializerContext;
