namespace Nvdimm.Extensions.Devices;

/// <summary>
/// An NVDIMM namespace of a host, which oVirt calls a host device of the category <c>nvdimm</c>; or a regular file that backs a guest's
/// NVDIMM (<see cref="File"/>).
/// </summary>
public sealed record NvdimmDevice
{
    /// <summary>The kernel name, such as <c>namespace0.0</c>, which can mean another device after a reboot; for a file its path.</summary>
    public required string Name { get; init; }

    /// <summary>The UUID, which identifies the device permanently; null if it has none.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>The UUID of the raw area under the namespace; null if it is not known.</summary>
    public Guid? RawUuid { get; init; }

    /// <summary>The name that a user gave the device (<c>ndctl create-namespace -n</c>); null if there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The device file, such as <c>/dev/pmem0</c> or <c>/dev/dax0.0</c>, or the regular file; null if there is none.</summary>
    public string? Path { get; init; }

    /// <summary>The facts about a regular file; null for a namespace.</summary>
    public BackingFile? File { get; init; }

    /// <summary>The mode.</summary>
    public NamespaceMode Mode { get; init => field = EnumArgument.Checked(value, last: NamespaceMode.Devdax); }

    /// <summary>The mode as the listing spells it. <c>memory</c> and <c>dax</c> are older names of fsdax and devdax.</summary>
    public string? ReportedMode { get; init; }

    /// <summary>The place of the host's page structures.</summary>
    public NamespaceMap Map { get; init => field = EnumArgument.Checked(value, last: NamespaceMap.Device); }

    /// <summary>The size of the device file in bytes; null if the listing has none.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>The alignment; null if the device reports none.</summary>
    public Alignment? Align { get; init; }

    /// <summary>The sector size of a block device.</summary>
    public ByteSize? SectorSize { get; init; }

    /// <summary>The nearest host NUMA node; null if the kernel knows none.</summary>
    public int? NumaNode { get; init; }

    /// <summary>The NUMA node that the memory would form as RAM. It can differ from <see cref="NumaNode"/>.</summary>
    public int? TargetNode { get; init; }

    /// <summary>The region, such as <c>region0</c>; null if the listing has no regions.</summary>
    public string? Region { get; init; }

    /// <summary>The cookie of the region's interleave set, as sysfs writes it; null if the listing has none.</summary>
    public string? InterleaveSet { get; init; }

    /// <summary>The ids of the region's DIMMs, in their order in the interleave set; empty if the listing has none.</summary>
    public ValueList<string> Dimms { get; init; } = [];

    /// <summary>
    /// How often the region's DIMMs lost power before everything that was written had been saved: the sum of their counters, which only
    /// grow. Null if one of them has none, or if it was not read.
    /// </summary>
    public long? DirtyShutdowns { get; init; }

    /// <summary>The bus, such as <c>ndbus0</c>; null if the listing has no buses.</summary>
    public string? Bus { get; init; }

    /// <summary>
    /// The kernel's name for the kind of bus, such as <c>ACPI.NFIT</c>, <c>CXL</c> or <c>e820</c>; null if the listing has none.
    /// </summary>
    public string? BusProvider { get; init; }

    /// <summary>
    /// The part of the platform from which writes survive a power failure: <c>memory_controller</c> or <c>cpu_cache</c>. Another word if
    /// the kernel does not know; null if the listing has none.
    /// </summary>
    public string? PersistenceDomain { get; init; }

    /// <summary>Whether the listing shows the namespace as disabled.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>
    /// The dax devices of a devdax namespace, normally one. A namespace with several is refused
    /// (<see cref="NvdimmCodes.DaxSizeMismatch"/>).
    /// </summary>
    public ValueList<DaxDevice> DaxDevices { get; init; } = [];

    /// <summary>The number of bad blocks of 512 bytes.</summary>
    public long BadBlockCount { get; init; }

    /// <summary>The ranges of bad blocks, as far as the listing has them.</summary>
    public ValueList<BadBlockRange> BadBlocks { get; init; } = [];

    /// <summary>The host's own use of the device; null if it was not read.</summary>
    public DeviceUse? Use { get; init; }

    /// <summary>The problems of the device. An error makes it unusable.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>
    /// Whether no finding is an error. <see cref="Policy.DeviceAvailability.IsFree"/> says whether a VM can have the device.
    /// </summary>
    public bool IsUsable => !Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Whether the device is a character device that is mapped directly.</summary>
    public bool IsDevdax => Mode == NamespaceMode.Devdax;

    /// <summary>
    /// Whether synced data survives a crash of the host, by the kind of file that QEMU opens. Every block device is mapped through the page
    /// cache, and so is a regular file without DAX. A dax device depends on its bus and region. Unknown if there is no file.
    /// </summary>
    public BackingPersistence Persistence => Path switch
    {
        null => BackingPersistence.Unknown,
        _ when File is { } file => file.IsDax ? BackingPersistence.Dax : BackingPersistence.PageCache,
        _ when !Path.StartsWith("/dev/dax", StringComparison.Ordinal) => BackingPersistence.PageCache,
        _ => IsPersistencePromised ? BackingPersistence.Dax : BackingPersistence.DaxUnproven,
    };

    /// <summary>
    /// Linux 7.2 <c>arch/x86/kernel/pmem.c</c> (e820: RAM that the command line reserves), <c>drivers/nvdimm/ramdax.c</c>,
    /// <c>virtio_pmem.c</c> (the guest asks the outer host to flush; its own flush instructions do not).
    /// </summary>
    private bool IsPersistencePromised =>
        PersistenceDomain is "memory_controller" or "cpu_cache" && BusProvider is not ("e820" or "ramdax" or "virtio-pmem");

    /// <summary>Returns the first finding with a code; null if there is none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    public Finding? FindingOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Findings.FirstOrDefault(finding => string.Equals(finding.Code, code, StringComparison.Ordinal));
    }

    /// <summary>Returns this device with one more finding.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public NvdimmDevice With(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return this with { Findings = [.. Findings, finding] };
    }

    /// <summary>
    /// Returns this device with the host's use and the findings that follow from it. Findings from an earlier use are removed.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="use"/> is null.</exception>
    public NvdimmDevice WithUse(DeviceUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return this with { Use = use, Findings = [.. Findings.Except(FindingsOf(Use)), .. FindingsOf(use)] };
    }

    private IEnumerable<Finding> FindingsOf(DeviceUse? use)
    {
        if (use is { IsReadOnly: true })
        {
            yield return Finding.Error(NvdimmCodes.ReadOnly, ("device", Name), ("reason", "the kernel refuses writes to it"));
        }

        if (use is { Uses.Count: > 0 })
        {
            yield return Finding.Error(NvdimmCodes.InUseByHost, ("device", Name), ("use", string.Join(", ", use.Uses)));
        }
    }
}

/// <summary>A range of bad blocks, in units of 512 bytes from the start of the namespace.</summary>
/// <param name="Offset">The first bad block.</param>
/// <param name="Length">The number of bad blocks.</param>
public readonly record struct BadBlockRange(long Offset, long Length);
