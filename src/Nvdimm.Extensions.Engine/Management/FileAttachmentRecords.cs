using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Keeps attachment records in a JSON file, for one or several programs on one machine. Each change replaces the whole file; a lock file
/// beside it makes a second writer wait for up to 10 seconds. If the path is a symbolic link, its target is replaced. The permissions of
/// the file are kept. Safe for use by several threads.
/// </summary>
/// <param name="path">The file. It need not exist, but its folder must.</param>
/// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
public sealed class FileAttachmentRecords(string path) : IAttachmentRecords
{
    private const int LockTries = 200;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    private readonly string path = NullArgument.Checked(path, nameof(path));

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
        string vmId,
        Func<ValueList<AttachedHostDevice>, ValueList<AttachedHostDevice>> change,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(vmId);
        ArgumentNullException.ThrowIfNull(change);
        var target = Target();
        var held = await LockAsync(target, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var records = await ReadAsync(cancellationToken).ConfigureAwait(false);
            var changed = new Dictionary<string, ValueList<AttachedHostDevice>>(records, StringComparer.Ordinal)
            {
                [vmId] = change(records.GetValueOrDefault(vmId, [])),
            };
            Replace(target, AttachmentRecordFormat.Write(changed));
        }
    }

    /// <summary>Writes a new file beside the old one, flushes it to disk, and then replaces the old one.</summary>
    private static void Replace(string target, string text)
    {
        var beside = $"{target}.new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(beside, options))
        {
            using var writer = new StreamWriter(file, leaveOpen: true);
            writer.Write(text);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
        }

        File.Move(beside, target, overwrite: true);
    }

    /// <summary>The file at the end of all links, so that writers through different links share one lock.</summary>
    private string Target() =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static async Task<FileStream> LockAsync(string target, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream($"{target}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken is not (DirectoryNotFoundException or FileNotFoundException) && tries < LockTries)
            {
                await Task.Delay(LockPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
