using System.Text;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Hook.Files;

/// <summary>
/// The file in which VDSM hands a domain, a device or a report to its hooks, and from which it reads it back by the same name
/// (VDSM 4.5, <c>lib/vdsm/common/hooks.py</c>, <c>_runHooksDir</c>).
/// </summary>
/// <param name="path">The path; null where VDSM gave none.</param>
internal sealed class PayloadFile(string? path) : Payload
{
    /// <inheritdoc/>
    protected override string Name => path!;

    /// <summary>Its bytes. They can be none: VDSM also makes a file of nothing.</summary>
    /// <exception cref="HookException">There is none, or it cannot be read.</exception>
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
    /// Replaces it: written beside it without a name, with its owner and rights, and then given its name. Whoever opens it finds the old
    /// text or the new one, however this process ends. It does not wait for the disk: the file means nothing after a crash of the host.
    /// </summary>
    /// <exception cref="HookException">It cannot be written; then the old text is there.</exception>
    public override void Replace(string text)
    {
        var file = path!;
        try
        {
            // A file that may not be written is left alone, even where its folder would let another one take its name.
            using (File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
            }

            using var made = NewFile.Beside(file);
            RandomAccess.Write(made.Handle, Encoding.UTF8.GetBytes(IsMarked ? $"\uFEFF{text}" : text), 0);
            if (System.Environment.IsPrivilegedProcess)
            {
                LinuxFile.TakeOwner(made.Handle, file, file);
            }

            File.SetUnixFileMode(made.Handle, File.GetUnixFileMode(file));
            made.Replace();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw HookException.Payload(file, $"the new text cannot be written ({failure.Message.TrimEnd('.')}); the old one is there", failure);
        }
    }
}
