namespace Nvdimm.Extensions.Devices;

/// <summary>
/// An NVDIMM namespace of a host, which is what oVirt calls a host device of the category <c>nvdimm</c>; or a regular file that backs a
/// guest's NVDIMM (<see cref="File"/>).
/// </summary>
public sealed record NvdimmDevice
{
    /// <summary>The kernel name, such as <c>namespace0.0</c>, which can stand for another device after a reboot; of a file its path.</summary>
    public required string Name { get; init; }

    /// <summary>The uuid: the stable identity, where there is one.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>The uuid of the raw area under the namespace.</summary>
    public Guid? RawUuid { get; init; }

    /// <summary>The name that a user gave it (<c>ndctl create-namespace -n</c>).</summary>
    public string? Label { get; init; }

    /// <summary>The device file, such as <c>/dev/pmem0</c> or <c>/dev/dax0.0</c>, or the regular file; null where it has none.</summary>
    public string? Path { get; init; }

    /// <summary>What is particular to a regular file; null for a namespace.</summary>
    public BackingFile? File { get; init; }

    /// <summary>The mode.</summary>
    public NamespaceMode Mode { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The mode as the listing spells it: <c>memory</c> and <c>dax</c> are older words for fsdax and devdax.</summary>
    public string? ReportedMode { get; init; }

    /// <summary>Where the page structures are.</summary>
    public NamespaceMap Map { get; init => field = EnumArgument.Checked(value); }

    /// <summary>The size of the device file in bytes; null where the listing has none.</summary>
    public ByteSize? Size { get; init; }

    /// <summary>The alignment; null where the device reports none.</summary>
    public Alignment? Align { get; init; }

    /// <summary>The sector size of a block device.</summary>
    public ByteSize? SectorSize { get; init; }

    /// <summary>The host NUMA node that is nearest; null where the kernel knows none.</summary>
    public int? NumaNode { get; init; }

    /// <summary>The NUMA node that the memory would form as RAM; can differ from <see cref="NumaNode"/>.</summary>
    public int? TargetNode { get; init; }

    /// <summary>The region, such as <c>region0</c>, where the listing has regions.</summary>
    public string? Region { get; init; }

    /// <summary>The cookie of the region's interleave set, as sysfs writes it; null where the listing has none.</summary>
    public string? InterleaveSet { get; init; }

    /// <summary>The ids of the region's DIMMs, in their order in the interleave set; empty where the listing has none.</summary>
    public ValueList<string> Dimms { get; init; } = [];

    /// <summary>The bus, such as <c>ndbus0</c>, where the listing has buses.</summary>
    public string? Bus { get; init; }

    /// <summary>What the kernel says that the bus is, such as <c>ACPI.NFIT</c>, <c>CXL</c> or <c>e820</c>; null where the listing does not say it.</summary>
    public string? BusProvider { get; init; }

    /// <summary>
    /// From where on the region keeps what is written when power fails: <c>memory_controller</c> or <c>cpu_cache</c>; another word or none where the
    /// kernel does not know, null also where the listing does not say it.
    /// </summary>
    public string? PersistenceDomain { get; init; }

    /// <summary>Whether the listing says that the namespace is disabled.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The dax devices of a devdax namespace: one. Several are refused (<see cref="NvdimmCodes.DaxSizeMismatch"/>).</summary>
    public ValueList<DaxDevice> DaxDevices { get; init; } = [];

    /// <summary>How many blocks of 512 bytes are bad.</summary>
    public long BadBlockCount { get; init; }

    /// <summary>Where they are, as far as the listing says.</summary>
    public ValueList<BadBlockRange> BadBlocks { get; init; } = [];

    /// <summary>What the host does with the device; null where it was not asked.</summary>
    public DeviceUse? Use { get; init; }

    /// <summary>What is odd about it. An error makes it unusable.</summary>
    public ValueList<Finding> Findings { get; init; } = [];

    /// <summary>Whether no finding is an error. Whether a VM can have it with today's figures is <see cref="Policy.DeviceAvailability.IsFree"/>.</summary>
    public bool IsUsable => !Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Whether it is a character device that is mapped directly.</summary>
    public bool IsDevdax => Mode == NamespaceMode.Devdax;

    /// <summary>
    /// What the backing keeps when the host crashes, by the file that QEMU gets: every block device is mapped through the page cache, and so
    /// is a regular file without DAX. Of a dax device bus and region have to promise it. Unknown where there is no file.
    /// </summary>
    public BackingPersistence Persistence => Path switch
    {
        null => BackingPersistence.Unknown,
        _ when File is { } file => file.IsDax ? BackingPersistence.Dax : BackingPersistence.PageCache,
        _ when !Path.StartsWith("/dev/dax", StringComparison.Ordinal) => BackingPersistence.PageCache,
        _ => IsPersistencePromised ? BackingPersistence.Dax : BackingPersistence.DaxUnproven,
    };

    /// <summary>
    /// Linux 7.2 <c>arch/x86/kernel/pmem.c</c> (e820: RAM that the command line reserves), <c>drivers/nvdimm/ramdax.c</c>, <c>virtio_pmem.c</c> (the
    /// host outside is asked to flush by other means than the guest's instructions).
    /// </summary>
    private bool IsPersistencePromised =>
        PersistenceDomain is "memory_controller" or "cpu_cache" && BusProvider is not ("e820" or "ramdax" or "virtio-pmem");

    /// <summary>The first finding of a code; null where there is none.</summary>
    public Finding? FindingOf(string code) => Findings.FirstOrDefault(finding => string.Equals(finding.Code, code, StringComparison.Ordinal));

    /// <summary>This device with one more finding.</summary>
    public NvdimmDevice With(Finding finding) => this with { Findings = [.. Findings, finding] };

    /// <summary>This device with what the host does with it, and the findings that follow. What followed from an earlier use goes.</summary>
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
