using System.Runtime.InteropServices;
using System.Text;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Reads the small files of sysfs and procfs, which have no length: no stream with its buffers, and no exception where a file is not there,
/// which is an answer. A start of a VM reads a hundred of them.
/// </summary>
internal static class SmallFile
{
    private const int Usual = 1024;
    private const int Page = 4 << 10;

    /// <summary>The text of an attribute, which one read gives, trimmed; null where there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read; its <c>HResult</c> is the number of the error.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    // Asking first whether there is one would take a file that may not be seen for one that is not there.
    public static string? TextOrNull(string path)
    {
        var descriptor = Open(path);
        if (descriptor < 0)
        {
            return null;
        }

        try
        {
            Span<byte> buffer = stackalloc byte[Usual];
            var read = Read(descriptor, buffer, path);
            return Encoding.UTF8.GetString(read < buffer.Length ? buffer[..read] : Rest(descriptor, buffer, path)).Trim();
        }
        finally
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }

    /// <summary>The text of an attribute, trimmed.</summary>
    /// <exception cref="IOException">There is none, or it cannot be read; its <c>HResult</c> is the number of the error.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Text(string path) => TextOrNull(path) ?? throw new FileNotFoundException($"There is no {path}", path);

    /// <summary>All bytes, also of a table in procfs, which gives some of its lines with each read; null where there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">How many bytes are enough: some more are read, so that a longer file is known for one, and not the rest.</param>
    /// <exception cref="IOException">It cannot be read; its <c>HResult</c> is the number of the error.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[]? BytesOrNull(string path, int limit = int.MaxValue)
    {
        var descriptor = Open(path);
        if (descriptor < 0)
        {
            return null;
        }

        try
        {
            Span<byte> buffer = stackalloc byte[Page];
            var read = Read(descriptor, buffer, path);
            return read == 0 ? [] : Rest(descriptor, buffer[..read], path, limit);
        }
        finally
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }

    /// <summary>The text of a symbolic link, which need not lead anywhere; empty for what is no link, null where there is nothing.</summary>
    /// <exception cref="IOException">It cannot be read; its <c>HResult</c> is the number of the error.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string? LinkOrNull(string path)
    {
        Span<byte> buffer = stackalloc byte[Page];
        var length = (int)LinuxCalls.ReadLink(path, buffer, (nuint)buffer.Length);
        return length >= 0
            ? Encoding.UTF8.GetString(buffer[..length])
            : Marshal.GetLastPInvokeError() switch
            {
                LinuxCalls.NotALink => "",
                LinuxCalls.NoSuchFile or LinuxCalls.NotADirectory => null,
                _ => throw Failure($"read {path}"),
            };
    }

    /// <summary>The lines of a table in procfs.</summary>
    /// <exception cref="IOException">There is none, or it cannot be read; its <c>HResult</c> is the number of the error.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string[] Lines(string path)
    {
        var lines = Encoding.UTF8.GetString(BytesOrNull(path) ?? throw new FileNotFoundException($"There is no {path}", path)).Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    /// <summary>What was read already, and what follows.</summary>
    private static byte[] Rest(int descriptor, ReadOnlySpan<byte> start, string path, int limit = int.MaxValue)
    {
        using var bytes = new MemoryStream();
        bytes.Write(start);
        Span<byte> buffer = stackalloc byte[Page];
        for (int read; bytes.Length <= limit && (read = Read(descriptor, buffer, path)) > 0;)
        {
            bytes.Write(buffer[..read]);
        }

        return bytes.ToArray();
    }

    /// <summary>The descriptor; negative where there is no such file.</summary>
    /// <exception cref="IOException">It cannot be opened; its <c>HResult</c> is the number of the error.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    internal static int Open(string path)
    {
        while (true)
        {
            var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenReadCloseOnExec, 0);
            var isAnswer = descriptor >= 0 || Marshal.GetLastPInvokeError() is LinuxCalls.NoSuchFile or LinuxCalls.NotADirectory;
            if (isAnswer)
            {
                return descriptor;
            }

            ThrowUnlessInterrupted(path);
        }
    }

    private static int Read(int descriptor, Span<byte> buffer, string path)
    {
        while (true)
        {
            var read = LinuxCalls.Read(descriptor, buffer, (nuint)buffer.Length);
            if (read >= 0)
            {
                return (int)read;
            }

            ThrowUnlessInterrupted(path);
        }
    }

    private static void ThrowUnlessInterrupted(string path)
    {
        if (Marshal.GetLastPInvokeError() != LinuxCalls.Interrupted)
        {
            throw Failure($"read {path}");
        }
    }

    /// <summary>What the last call failed with, as .NET's own doors have it.</summary>
    public static Exception Failure(string what)
    {
        var failure = LinuxCalls.Failure(what);
        return failure.HResult is LinuxCalls.NotPermitted or LinuxCalls.NotAllowed ? new UnauthorizedAccessException(failure.Message, failure) : failure;
    }
}
