namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The result of a search for labels on a device.</summary>
public sealed record LabelSurvey
{
    /// <summary>The device file.</summary>
    public required string Path { get; init; }

    /// <summary>The size of the device; null if it could not be read.</summary>
    public required ByteSize? DeviceSize { get; init; }

    /// <summary>The labels, by offset.</summary>
    public required ValueList<FoundLabels> Found { get; init; }

    /// <summary>
    /// Why the device could not be read, in the system's words; null if it was read. Otherwise nothing is known about it.
    /// </summary>
    public required string? UnreadableReason { get; init; }

    /// <summary>The places with the signature of labels and without a valid index, by offset.</summary>
    public ValueList<DamagedLabels> Damaged { get; init; } = [];

    /// <summary>Whether the device was read.</summary>
    public bool IsReadable => UnreadableReason is null;

    /// <summary>The distinct uuids of all labels; null if the device was not read.</summary>
    public ValueList<Guid>? Uuids => IsReadable ? Found.SelectMany(labels => labels.Area.Uuids).Distinct().ToValueList() : null;

    /// <summary>The labels at an offset; null if there are none.</summary>
    public FoundLabels? At(ByteSize offset) => Found.FirstOrDefault(labels => labels.Offset == offset);

    internal static LabelSurvey Unreadable(string path, string reason) => new()
    {
        Path = path,
        DeviceSize = null,
        Found = [],
        UnreadableReason = reason,
    };
}

/// <summary>Labels that are on a device.</summary>
/// <param name="Offset">The offset of the label area from the start of the device.</param>
/// <param name="Area">The parsed label area.</param>
public sealed record FoundLabels(ByteSize Offset, LabelArea Area);

/// <summary>
/// A place with the signature of labels where neither of the two indexes is valid: damaged labels, or data that looks like labels.
/// </summary>
/// <param name="Offset">The offset of the label area from the start of the device.</param>
/// <param name="Hash">The hash of the area, in the form of <see cref="LabelArea.Hash"/>.</param>
public sealed record DamagedLabels(ByteSize Offset, string Hash);
