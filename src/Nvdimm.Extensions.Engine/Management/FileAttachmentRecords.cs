using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Attachments in a JSON file, for one app or for several on one machine: a change replaces the file as a whole, and a lock file beside it
/// keeps a second writer waiting.
/// </summary>
/// <param name="path">The file; it need not exist yet, its folder must.</param>
public sealed class FileAttachmentRecords(string path) : IAttachmentRecords
{
    private const int LockTries = 200;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, ValueList<AttachedHostDevice>>> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return AttachmentRecordFormat.Read(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), path);
        }
        catch (FileNotFoundException)
        {
            return new Dictionary<string, ValueList<AttachedHostDevice>>(StringComparer.Ordinal);
        }
    }

    /// <inheritdoc/>
    public async Task ChangeAsync(
        string vmId, Func<ValueList<AttachedHostDevice>, ValueList<AttachedHostDevice>> change, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(vmId);
        ArgumentNullException.ThrowIfNull(change);
        var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var records = await ReadAsync(cancellationToken).ConfigureAwait(false);
            var changed = new Dictionary<string, ValueList<AttachedHostDevice>>(records, StringComparer.Ordinal)
            {
                [vmId] = change(records.GetValueOrDefault(vmId, [])),
            };
            Replace(AttachmentRecordFormat.Write(changed));
        }
    }

    /// <summary>Writes beside the file, makes that durable, and only then takes the file's place.</summary>
    private void Replace(string text)
    {
        var beside = $"{path}.new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            using var writer = new StreamWriter(file, leaveOpen: true);
            writer.Write(text);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken is not (DirectoryNotFoundException or FileNotFoundException) && tries < LockTries)
            {
                await Task.Delay(LockPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
