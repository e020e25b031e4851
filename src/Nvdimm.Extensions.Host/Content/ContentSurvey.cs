namespace Nvdimm.Extensions.Host.Content;

/// <summary>What a device contains besides NVDIMM labels.</summary>
/// <param name="Path">The device file.</param>
/// <param name="DeviceSize">The size of the device; null if it could not be read.</param>
/// <param name="Found">Every content with a valid signature; there can be several, and damaged ones.</param>
/// <param name="IsBlank">
/// Whether nothing was found and the first 68 KiB are zeros. The rest of the device was not read. If false and nothing was found, there is
/// data of an unknown format.
/// </param>
/// <param name="UnreadableReason">
/// Why the device could not be read, in the system's words; null if it was read. Otherwise nothing is known about it.
/// </param>
public sealed record ContentSurvey(string Path, ByteSize? DeviceSize, ValueList<FoundContent> Found, bool IsBlank, string? UnreadableReason)
{
    /// <summary>Whether the device was read.</summary>
    public bool IsReadable => UnreadableReason is null;

    /// <summary>The uuid of the first content that has one; null if none has.</summary>
    public string? Uuid => Found.FirstOrDefault(content => content.Uuid is not null)?.Uuid;

    internal static ContentSurvey Unreadable(string path, string reason) => new(path, DeviceSize: null, [], IsBlank: false, reason);
}
