using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A QEMU process that libvirt has started.</summary>
/// <param name="ProcessId">The process id.</param>
/// <param name="VmName">The domain's name, from the name of its pid file.</param>
/// <param name="Arguments">The command line.</param>
public sealed record QemuProcess(int ProcessId, string VmName, ValueList<string> Arguments)
{
    /// <summary>The domain's uuid; null if the command line has none.</summary>
    public Guid? VmId =>
        Arguments.SkipWhile(argument => argument != "-uuid").Skip(1).FirstOrDefault() is { } text && Guid.TryParse(text, out var uuid)
        ? uuid
        : null;

    /// <summary>
    /// Whether it was started with NVDIMMs: <c>"driver":"nvdimm"</c> in the JSON of libvirt from 7.1 on, <c>nvdimm,…</c> before.
    /// </summary>
    public bool HasNvdimms => Arguments.Any(argument => argument.Contains("\"driver\":\"nvdimm\"", StringComparison.Ordinal)
        || argument.StartsWith("nvdimm,", StringComparison.Ordinal));

    /// <summary>
    /// Whether the process uses a file, as memory, as a disk or as anything else. It does if its command line names the file, under any
    /// name, or a partition, a volume or a loop device on it; or if it has the file open or mapped. Only root and the user that QEMU runs
    /// as can see open files; other callers do not see what was plugged into the running VM.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public bool Uses(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ReadFiles(new SharedStorage()).Has(path);
    }

    /// <summary>The present files of the process, for a caller that asks about several.</summary>
    internal QemuFiles ReadFiles(SharedStorage storage) => new(Arguments, Opened(), storage);

    /// <summary>Paths to the open and mapped files; empty if we lack the right to see them, or the process has ended.</summary>
    /// <exception cref="IOException">The files cannot be listed.</exception>
    private List<string> Opened()
    {
        var folder = $"/proc/{ProcessId}";
        try
        {
            return [.. ProcessFiles.Open(folder), .. ProcessFiles.Mapped(folder).Select(name => ProcessFiles.Seen(folder, name))];
        }
        catch (Exception unseen) when (unseen is UnauthorizedAccessException
            or FileNotFoundException or DirectoryNotFoundException or IOException { HResult: Errno.NoSuchProcess })
        {
            return [];
        }
    }
}
