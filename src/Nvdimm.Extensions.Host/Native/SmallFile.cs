using System.Runtime.InteropServices;
using System.Text;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Reads the small files of sysfs and procfs, which have no length: without a stream and its buffers, and without an exception for a
/// missing file, which is a valid answer. A start of a VM reads a hundred of them.
/// </summary>
internal static class SmallFile
{
    private const int Usual = 1024;
    private const int Page = 4 << 10;

    /// <summary>The text of an attribute, trimmed, from one read; null if the file does not exist.</summary>
    /// <exception cref="IOException">The file cannot be read; <c>HResult</c> is the error number.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
    // Testing for existence first would confuse a file that we lack the right to see with a missing one.
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
    /// <exception cref="IOException">The file does not exist or cannot be read; <c>HResult</c> is the error number.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
    public static string Text(string path) => TextOrNull(path) ?? throw new FileNotFoundException($"There is no {path}", path);

    /// <summary>
    /// All bytes, also of a table in procfs, where each read returns only some of the lines; null if the file does not exist.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">
    /// The number of bytes that are enough. A few more are read, so that the caller recognises a longer file, but not the rest.
    /// </param>
    /// <exception cref="IOException">The file cannot be read; <c>HResult</c> is the error number.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
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

    /// <summary>The text of a symbolic link, dangling or not; empty for other files, null if there is nothing.</summary>
    /// <exception cref="IOException">The link cannot be read; <c>HResult</c> is the error number.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the link.</exception>
    public static string? LinkOrNull(string path)
    {
        Span<byte> buffer = stackalloc byte[Page];
        var length = (int)LinuxCalls.ReadLink(path, buffer, (nuint)buffer.Length);
        return length >= 0
            ? Encoding.UTF8.GetString(buffer[..length])
            : Marshal.GetLastPInvokeError() switch
            {
                Errno.InvalidArgument => "",
                Errno.NoSuchFile or Errno.NotADirectory => null,
                _ => throw Failure($"read {path}"),
            };
    }

    /// <summary>The lines of a table in procfs.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be read; <c>HResult</c> is the error number.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
    public static string[] Lines(string path)
    {
        var lines = Encoding.UTF8.GetString(BytesOrNull(path) ?? throw new FileNotFoundException($"There is no {path}", path)).Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    /// <summary>The bytes already read, followed by the rest.</summary>
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

    /// <summary>The descriptor; negative if the file does not exist.</summary>
    /// <exception cref="IOException">The file cannot be opened; <c>HResult</c> is the error number.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to open the file.</exception>
    internal static int Open(string path)
    {
        while (true)
        {
            var descriptor = LinuxCalls.Open(path, LinuxCalls.OpenReadCloseOnExec, 0);
            var isAnswer = descriptor >= 0 || Marshal.GetLastPInvokeError() is Errno.NoSuchFile or Errno.NotADirectory;
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
        if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
        {
            throw Failure($"read {path}");
        }
    }

    /// <summary>An exception for the error of the last call, of the type that .NET would use.</summary>
    public static Exception Failure(string what)
    {
        var failure = LinuxCalls.Failure(what);
        return failure.HResult is Errno.AccessDenied or Errno.NotPermitted
            ? new UnauthorizedAccessException(failure.Message, failure)
            : failure;
    }
}
