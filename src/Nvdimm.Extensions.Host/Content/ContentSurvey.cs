namespace Nvdimm.Extensions.Host.Content;

/// <summary>What a device contains besides NVDIMM labels.</summary>
public sealed record ContentSurvey
{
    /// <summary>The device file.</summary>
    public required string Path { get; init; }

    /// <summary>The size of the device; null if it could not be read.</summary>
    public required ByteSize? DeviceSize { get; init; }

    /// <summary>Every content with a valid signature; there can be several, and damaged ones.</summary>
    public required ValueList<FoundContent> Found { get; init; }

    /// <summary>
    /// Whether nothing was found and the first 68 KiB are zeros. The rest of the device was not read. If false and nothing was found, there
    /// is data of an unknown format.
    /// </summary>
    public required bool IsBlank { get; init; }

    /// <summary>
    /// Why the device could not be read, in the system's words; null if it was read. Otherwise nothing is known about it.
    /// </summary>
    public required string? UnreadableReason { get; init; }

    /// <summary>Whether the device was read.</summary>
    public bool IsReadable => UnreadableReason is null;

    /// <summary>The uuid of the first content that has one; null if none has.</summary>
    public string? Uuid => Found.FirstOrDefault(content => content.Uuid is not null)?.Uuid;

    internal static ContentSurvey Unreadable(string path, string reason) => new()
    {
        Path = path,
        DeviceSize = null,
        Found = [],
        IsBlank = false,
        UnreadableReason = reason,
    };
}
