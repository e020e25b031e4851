using System.Text;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Files;

/// <summary>
/// The file in which VDSM passes a domain, a device or a report to its hooks. VDSM reads it back by the same name (VDSM 4.5,
/// <c>lib/vdsm/common/hooks.py</c>, <c>_runHooksDir</c>).
/// </summary>
/// <param name="path">The path; null if VDSM passed none.</param>
internal sealed class PayloadFile(string? path) : Payload
{
    /// <inheritdoc/>
    protected override string Name => path!;

    /// <summary>The bytes of the file. It can be empty: VDSM also writes a file for empty data.</summary>
    /// <exception cref="HookException">VDSM passed no file, or it cannot be read.</exception>
    public override byte[] Read()
    {
        var file = path ?? throw HookException.Payload("The payload", "VDSM gave neither _hook_domxml nor _hook_json");
        try
        {
            using var handle = LinuxFile.OpenRegularOrNull(file) ?? throw new FileNotFoundException($"there is no {file}", file);
            var length = RandomAccess.GetLength(handle);
            if (length > MaximumBytes)
            {
                throw HookException.Payload(file, $"it has {length} bytes, and at most {MaximumBytes} are read");
            }

            var bytes = new byte[length];
            var done = 0;
            for (int read; done < bytes.Length && (read = RandomAccess.Read(handle, bytes.AsSpan(done), done)) > 0;)
            {
                done += read;
            }

            return done == bytes.Length ? bytes : throw HookException.Payload(file, "it became shorter while it was read");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw HookException.Payload(file, failure.Message, failure);
        }
    }

    /// <summary>
    /// Replaces the file atomically: writes an unnamed file in the same folder, gives it the old file's owner and permissions, and renames
    /// it. A reader sees either the old or the new text, however this process ends. The write is not flushed to disk: after a crash of the
    /// host nobody needs the file.
    /// </summary>
    /// <exception cref="HookException">The new text cannot be written; the file is unchanged.</exception>
    public override void Replace(string text)
    {
        var file = path!;
        try
        {
            // Do not replace a read-only file, even if the rights of its folder would allow the rename.
            using (File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
            }

            using var replacement = NewFile.InFolderOf(file);
            RandomAccess.Write(replacement.Handle, Encoding.UTF8.GetBytes(IsMarked ? $"\uFEFF{text}" : text), 0);
            if (System.Environment.IsPrivilegedProcess)
            {
                LinuxFile.TakeOwner(replacement.Handle, file, file);
            }

            File.SetUnixFileMode(replacement.Handle, File.GetUnixFileMode(file));
            replacement.Replace();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw HookException.Payload(
                file, $"the new text cannot be written ({failure.Message.TrimEnd('.')}); the old one is there", failure);
        }
    }
}
