namespace Nvdimm.Extensions.Host.Content;

/// <summary>What a device holds beside NVDIMM labels.</summary>
/// <param name="Path">The device file.</param>
/// <param name="DeviceSize">Its size; null where it could not be read.</param>
/// <param name="Found">Every content whose signature is there, also several and damaged ones.</param>
/// <param name="IsBlank">
/// Whether nothing was found and the first 68 KiB are zeros. False with nothing found: data of no known format. What is behind was not read.
/// </param>
/// <param name="UnreadableReason">Why the device could not be read, as the system says it; null where it was read. Nothing may be concluded then.</param>
public sealed record ContentSurvey(string Path, ByteSize? DeviceSize, ValueList<FoundContent> Found, bool IsBlank, string? UnreadableReason)
{
    /// <summary>Whether the device was read.</summary>
    public bool IsReadable => UnreadableReason is null;

    /// <summary>The uuid of the first content that has one; null where none has.</summary>
    public string? Uuid => Found.FirstOrDefault(content => content.Uuid is not null)?.Uuid;

    internal static ContentSurvey Unreadable(string path, string reason) => new(path, DeviceSize: null, [], IsBlank: false, reason);
}
