using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Extensions.Host.Hypervisor;

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
    /// Whether its command line names a file, as memory, as a disk or as anything else: under this name or another one, or a partition, a volume
    /// or a loop device on it. What was plugged into the running VM is not on the command line.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public bool Uses(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ReadFiles(new SharedStorage()).Has(path);
    }

    /// <summary>The files that its command line names as they are now, for whoever asks of several.</summary>
    internal QemuFiles ReadFiles(SharedStorage storage) => new(Arguments, storage);
}
