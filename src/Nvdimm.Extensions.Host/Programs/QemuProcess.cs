using Nvdimm.Extensions.Host.Devices;


namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A QEMU that libvirt has started.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="VmName">The domain's name, from the name of its pid file.</param>
/// <param name="Arguments">Its command line.</param>
public sealed record QemuProcess(int ProcessId, string VmName, ValueList<string> Arguments)
{
    /// <summary>The domain's uuid; null where the command line has none.</summary>
    public Guid? VmId => Arguments.SkipWhile(argument => argument != "-uuid").Skip(1).FirstOrDefault() is { } text && Guid.TryParse(text, out var uuid)
        ? uuid
        : null;

    /// <summary>Whether it was started with NVDIMMs: <c>"driver":"nvdimm"</c> in the JSON of libvirt from 7.1 on, <c>nvdimm,…</c> before.</summary>
    public bool HasNvdimms => Arguments.Any(argument => argument.Contains("\"driver\":\"nvdimm\"", StringComparison.Ordinal)
        || argument.StartsWith("nvdimm,", StringComparison.Ordinal));

    /// <summary>
    /// Whether it uses a file, as memory, as a disk or as anything else: its command line names it, under this name or another one, or a partition, a
    /// volume or a loop device on it; or it has it open or mapped, where the caller may see that: root, and the user that QEMU runs as. To others
    /// what was plugged into the running VM does not show.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public bool Uses(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ReadFiles(new SharedStorage()).Has(path);
    }

    /// <summary>The files that it has now, for whoever asks of several.</summary>
    internal QemuFiles ReadFiles(SharedStorage storage) => new(Arguments, Opened(), storage);

    /// <summary>Paths to what it has open or mapped; none where that may not be seen, or the process is gone.</summary>
    /// <exception cref="IOException">It cannot be listed.</exception>
    private List<string> Opened()
    {
        var folder = $"/proc/{ProcessId}";
        try
        {
            return [.. ProcessFiles.Open(folder), .. ProcessFiles.Mapped(folder).Select(name => ProcessFiles.Seen(folder, name))];
        }
        catch (Exception unseen) when (unseen is UnauthorizedAccessException
            or FileNotFoundException or DirectoryNotFoundException or IOException { HResult: NoSuchProcess })
        {
            return [];
        }
    }

    /// <summary>ESRCH: the process ended while it was looked at.</summary>
    private const int NoSuchProcess = 3;
}
