using Microsoft.Win32.SafeHandles;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The backups in a state folder: a pair of files for each time that labels were written to a device.</summary>
/// <param name="folder">The state folder.</param>
/// <param name="lockTimeout">The time to wait for another writer.</param>
internal sealed class LabelBackups(string folder, TimeSpan lockTimeout)
{
    private readonly string backups = Path.Combine(folder, "backups");

    /// <summary>The complete pairs of a device, newest first. A pair that is broken or cannot be read is left out.</summary>
    public List<RelocationBackup> Of(DeviceIdentity identity) =>
        FolderUser.Do<List<RelocationBackup>>(backups, () => Directory.Exists(backups)
        ? [
            .. Directory.GetFiles(backups, $"{identity}.*.labels-at-*.bin")
                .Where(file => RelocationBackup.IdentityOf(file) == identity)
                .OrderByDescending(RelocationBackup.NumberOf)
                .Select(ReadOrNull)
                .OfType<RelocationBackup>(),
        ]
        : []);

    /// <summary>Writes a pair. Both files are durable when the call returns. If one of them cannot be written, neither stays.</summary>
    /// <param name="identity">The device.</param>
    /// <param name="path">The device file, for the error.</param>
    /// <param name="source">The offset that the labels come from, in bytes from the start of the device.</param>
    /// <param name="labels">Writes the labels.</param>
    /// <param name="target">The offset that the labels go to.</param>
    /// <param name="overwritten">Writes the present bytes at the target.</param>
    /// <exception cref="LabelRelocationException">A file cannot be written; the device is unchanged.</exception>
    /// <exception cref="LayoutLedgerException">The folder cannot be used.</exception>
    public (string Labels, string Overwritten) Save(
        DeviceIdentity identity, string path, long source,
        Action<SafeFileHandle> labels, long target, Action<SafeFileHandle> overwritten) =>
        LockedFolder.Within(backups, lockTimeout, () =>
        {
            var number = Enumerable.Range(1, int.MaxValue)
                .First(number => Directory.GetFiles(backups, $"{identity}.{number}.*").Length == 0);
            var first = Path.Combine(backups, $"{identity}.{number}.labels-at-{source}.bin");
            var second = Path.Combine(backups, $"{identity}.{number}.overwritten-at-{target}.bin");
            try
            {
                DurableFiles.WriteAll(backups, [(Path.GetFileName(first), labels), (Path.GetFileName(second), overwritten)]);
                return (first, second);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new LabelRelocationException(
                    $"The backup could not be written to {backups}: {failure.Message.TrimEnd('.')}. Nothing was written to {path}, and no "
                    + "part of the backup "
                    + "stays. Make room there, or name another folder with --state-folder, and run it again.",
                    sourceBackup: null,
                    targetBackup: null,
                    failure);
            }
        });

    private static RelocationBackup? ReadOrNull(string file)
    {
        try
        {
            return RelocationBackup.Read(file);
        }
        catch (Exception bad) when (bad is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
