namespace Nvdimm.Extensions.Host.Labels;

/// <summary>What a probe has found on a device.</summary>
/// <param name="Path">The device file.</param>
/// <param name="DeviceSize">Its size; null where it could not be read.</param>
/// <param name="Found">The labels, by offset.</param>
/// <param name="UnreadableReason">Why the device could not be read, as the system says it; null where it was read. Nothing may be concluded then.</param>
public sealed record LabelSurvey(string Path, ByteSize? DeviceSize, ValueList<FoundLabels> Found, string? UnreadableReason)
{
    /// <summary>Where there is the signature of labels, but no whole index of them, by offset.</summary>
    public ValueList<DamagedLabels> Damaged { get; init; } = [];

    /// <summary>Whether the device was read.</summary>
    public bool IsReadable => UnreadableReason is null;

    /// <summary>The distinct uuids of all labels that were found; null where the device was not read.</summary>
    public ValueList<Guid>? Uuids => IsReadable ? Found.SelectMany(found => found.Area.Uuids).Distinct().ToValueList() : null;

    /// <summary>The labels at an offset; null where there are none.</summary>
    public FoundLabels? At(ByteSize offset) => Found.FirstOrDefault(labels => labels.Offset == offset);

    internal static LabelSurvey Unreadable(string path, string reason) => new(path, DeviceSize: null, [], reason);
}
