using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Reads namespaces from sysfs: what <c>ndctl list -N -v</c> prints about them, without running a program and without root's rights, in a
/// fraction of a millisecond. Compared with ndctl 76.1 on the captured hosts of the tests.
/// </summary>
/// <remarks>
/// The bad blocks of a dax device are those of its whole region: only root can tell which of them are below the device. Linux v6.1:
/// <c>drivers/nvdimm/namespace_devs.c</c>, <c>pfn_devs.c</c>, <c>btt_devs.c</c>, <c>dax_devs.c</c>, <c>drivers/dax/bus.c</c>.
/// </remarks>
/// <param name="root">The folder below which <c>sys</c> and <c>dev</c> are; <c>/</c>, except in tests.</param>
public sealed class SysfsNvdimmReader(string root = "/")
{
    private const long SectorSize = 512;

    // Linux v6.1 include/linux/nd.h, ND_MAX_MAPPINGS.
    private const long MaximumMappings = 32;

    // Linux v6.1 drivers/acpi/nfit/core.c and arch/powerpc/platforms/pseries/papr_scm.c, dirty_shutdown_show; v6.15 drivers/cxl/pmem.c.
    private static readonly string[] DirtyShutdownFiles = ["nfit/dirty_shutdown", "papr/dirty_shutdown", "cxl/dirty_shutdown"];

    /// <summary>The namespaces already read, by folder; null if each is always read anew.</summary>
    private Dictionary<string, NvdimmDevice>? kept;

    /// <summary>The dirty shutdowns of the regions already read, by folder.</summary>
    private Dictionary<string, long?>? keptShutdowns;

    private string Bus => Path.Combine(root, "sys", "bus", "nd", "devices");

    /// <summary>The namespace with this device file; null if the file does not exist, or is not a namespace's.</summary>
    /// <param name="devicePath">The device file, such as <c>/dev/pmem0</c> or <c>/dev/dax0.0</c>, or a link to it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="devicePath"/> is null.</exception>
    /// <exception cref="IOException">
    /// An attribute exists and cannot be read, or has a value that no kernel writes; or it cannot be told whether the file exists.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read an attribute or the file.</exception>
    public NvdimmDevice? Find(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);

        // File.Exists alone also returns false for a file that we lack the right to see. No file has an empty name or one with a NUL.
        if (devicePath.Length == 0 || devicePath.Contains('\0', StringComparison.Ordinal) || !DurableFiles.Exists(devicePath)
            || !File.Exists(devicePath))
        {
            return null;
        }

        var file = DeviceFile.Resolve(devicePath);
        if (!file.IsInDeviceFolder(root))
        {
            return null;
        }

        // The folder of a block device is below "block" in its owner's folder; a dax device is inside its nd_dax device.
        var owner = NamespaceFolder.AtLink(file.BlockFolder(root)) is { } block
            ? block.Parent.Parent
            : NamespaceFolder.AtLink(file.DaxFolder(root))?.Parent;
        if (owner is not { } ownerFolder)
        {
            return null;
        }

        var isNamespace = ownerFolder.Name.StartsWith("namespace", StringComparison.Ordinal);
        var space = isNamespace ? ownerFolder
            : ownerFolder.Text("namespace") is { Length: > 0 } below ? ownerFolder.Sibling(below)
            : default(NamespaceFolder?);
        return space is { } folder && Read(folder) is { } device && HasFile(device, file.Name) ? device with { Path = devicePath } : null;
    }

    /// <summary>Whether the kernel has a namespace with that name, with or without a device file.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool Exists(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.Contains('/', StringComparison.Ordinal)
            && name.StartsWith("namespace", StringComparison.Ordinal)
            && Directory.Exists(Path.Combine(Bus, name));
    }

    /// <summary>
    /// All namespaces of the host by name, except empty ones, which the kernel keeps for the next namespace to be created.
    /// </summary>
    /// <exception cref="IOException">An attribute exists and cannot be read, or has a value that no kernel writes.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read an attribute.</exception>
    public ValueList<NvdimmDevice> List() => Names().Select(ReadOrNull).OfType<NvdimmDevice>().ToValueList();

    /// <summary>
    /// As above, but an unreadable namespace does not prevent reading the others; for reports. A caller that is about to use a device needs
    /// <see cref="Find"/>, which throws.
    /// </summary>
    /// <exception cref="IOException">The namespaces cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to list the namespaces.</exception>
    public SysfsListing Survey()
    {
        var devices = new List<NvdimmDevice>();
        var unread = new List<UnreadNamespace>();
        foreach (var name in Names())
        {
            try
            {
                if (ReadOrNull(name) is { } device)
                {
                    devices.Add(device);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                unread.Add(new UnreadNamespace(name, failure.Message));
            }
        }

        return new SysfsListing(devices.ToValueList(), unread.ToValueList());
    }

    /// <summary>
    /// Adds to a device of a listing the persistence that its bus and region promise, if the listing does not have it. A namespace that the
    /// kernel does not have is returned unchanged.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="IOException">An attribute exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read an attribute.</exception>
    public NvdimmDevice WithPromise(NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Exists(device.Name) && NamespaceFolder.AtLink(Path.Combine(Bus, device.Name)) is { Parent: var region }
            ? device with
            {
                BusProvider = device.BusProvider ?? TextOf(region.Parent, "provider"),
                PersistenceDomain = device.PersistenceDomain ?? TextOf(region, "persistence_domain"),
            }
            : device;
    }

    private static string? TextOf(NamespaceFolder folder, string name) => folder.Text(name) is { Length: > 0 } text ? text : null;

    private List<string> Names() => SmallFolder.NamesOrNull(Bus, start: "namespace") ?? [];

    private NvdimmDevice? ReadOrNull(string name) =>
        NamespaceFolder.AtLink(Path.Combine(Bus, name)) is { } folder && folder.Number("size") is > 0 ? Read(folder) : null;

    /// <summary>A reader for one moment, which reads each namespace only once.</summary>
    internal static SysfsNvdimmReader ForOneMoment(string root) => new(root)
    {
        kept = new(StringComparer.Ordinal),
        keptShutdowns = new(StringComparer.Ordinal),
    };

    private NvdimmDevice Read(NamespaceFolder space)
    {
        if (kept?.TryGetValue(space.Path, out var cached) == true)
        {
            return cached;
        }

        var device = ReadNow(space);
        kept?.Add(space.Path, device);
        return device;
    }

    private NvdimmDevice ReadNow(NamespaceFolder space)
    {
        var holder = space.Text("holder") is { Length: > 0 } name ? space.Sibling(name) : default(NamespaceFolder?);
        var device = new NvdimmDevice
        {
            Name = space.Name,
            RawUuid = holder is null ? null : space.Uuid(),
            Label = space.Text("alt_name") is { Length: > 0 } label ? label : null,
            NumaNode = space.Node("numa_node"),
            TargetNode = space.Node("target_node"),
            Region = space.Parent.Name,
            DirtyShutdowns = DirtyShutdownsOf(space.Parent),
        };
        if (device.RawUuid is null)
        {
            device = device with { InterleaveSet = SetOf(space.Parent) };
        }

        return holder switch
        {
            null when space.Text("mode") == "memory" => Mapped(
                OfRegion(
                    device with { Mode = NamespaceMode.Fsdax, ReportedMode = "fsdax", Map = NamespaceMap.Memory, Uuid = space.Uuid() },
                    space.Parent),
                space),
            null =>
                Block(OfRegion(device with { Mode = NamespaceMode.Raw, ReportedMode = "raw", Uuid = space.Uuid() }, space.Parent), space),
            { Name: ['p', ..] } pfn =>
                Block(device with { Mode = NamespaceMode.Fsdax, ReportedMode = "fsdax", Uuid = pfn.Uuid(), Align = AlignOf(pfn) }, pfn),
            { Name: ['b', ..] } btt => Block(device with { Mode = NamespaceMode.Sector, ReportedMode = "sector", Uuid = btt.Uuid() }, btt),
            { } dax => SysfsDax.Read(
                device with { Mode = NamespaceMode.Devdax, ReportedMode = "devdax", Uuid = dax.Uuid(), Align = AlignOf(dax) }, dax, root),
        };
    }

    /// <summary>
    /// The cookie of the region's interleave set; null if the region has none. It is only read for a namespace without a label of its own.
    /// </summary>
    private static string? SetOf(NamespaceFolder region) => TextOf(region, "set_cookie");

    /// <summary>Adds the region's DIMMs to a namespace without any uuid.</summary>
    // Linux v6.1 drivers/acpi/nfit/core.c, id_show.
    private static NvdimmDevice OfRegion(NvdimmDevice device, NamespaceFolder region) => device.Uuid is not null ? device : device with
    {
        Dimms = DimmsOf(region).Select(dimm => dimm.Text("nfit/id") is { Length: > 0 } id ? id : dimm.Name).ToValueList(),
    };

    /// <summary>The folders of a region's DIMMs, in their order in the interleave set; none for a region without DIMMs.</summary>
    // Linux v6.1 drivers/nvdimm/region_devs.c, mappingN_show: the DIMM's name first.
    private static IEnumerable<NamespaceFolder> DimmsOf(NamespaceFolder region) =>
        Enumerable.Range(0, (int)Math.Clamp(region.Number("mappings") ?? 0, 0, MaximumMappings))
            .Select(number => region.Text($"mapping{number}").Split(',')[0])
            .Where(name => name.Length > 0)
            .Select(region.Sibling);

    private long? DirtyShutdownsOf(NamespaceFolder region)
    {
        if (keptShutdowns?.TryGetValue(region.Path, out var kept) == true)
        {
            return kept;
        }

        var sum = SumOfDirtyShutdowns(region);
        keptShutdowns?.Add(region.Path, sum);
        return sum;
    }

    /// <summary>Null unless every DIMM has a counter. One that cannot be read makes no device unusable: it only tells a warning.</summary>
    private static long? SumOfDirtyShutdowns(NamespaceFolder region)
    {
        long? sum = null;
        try
        {
            foreach (var dimm in DimmsOf(region))
            {
                if (DirtyShutdownFiles.Select(dimm.Number).FirstOrDefault(count => count is >= 0) is not { } count)
                {
                    return null;
                }

                sum = Math.Min(sum ?? 0, long.MaxValue - count) + count;
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return sum;
    }

    /// <summary>
    /// A namespace that the kernel maps without a superblock, with its page structures in the host's RAM: on e820 and virtio-pmem. A
    /// namespace with labels shows its raw area in this way (Linux v6.1 <c>drivers/nvdimm/namespace_devs.c</c>, mode_show,
    /// pmem_should_map_pages).
    /// </summary>
    private NvdimmDevice Mapped(NvdimmDevice device, NamespaceFolder space)
    {
        var block = Block(device, space);
        return block is { Uuid: { } uuid, Path: not null }
            ? block.With(Finding.Error(NvdimmCodes.RawAreaOffered, ("device", block.Name), ("uuid", $"{uuid:D}")))
            : block;
    }

    private NvdimmDevice Block(NvdimmDevice device, NamespaceFolder owner)
    {
        if (owner.FirstInside("block") is not { } block)
        {
            var code = device.Mode == NamespaceMode.Raw ? NvdimmCodes.NoDevicePath : NvdimmCodes.DriverNotBound;
            return device.With(Finding.Error(code, ("device", device.Name)));
        }

        var blocks = block.BadBlocks();
        device = device with
        {
            Path = Path.Combine(root, "dev", block.Name),
            Size = block.Size("size", unit: SectorSize),
            BadBlockCount = blocks,
        };
        if (device.Size == ByteSize.Zero)
        {
            device = device.With(Finding.Error(NvdimmCodes.ZeroSize, ("device", device.Name)));
        }

        return blocks == 0 ? device : device.With(Finding.Warning(NvdimmCodes.BadBlocks, ("device", device.Name), ("count", $"{blocks}")));
    }

    /// <summary>
    /// Whether it is the file of the device, or of one of several dax devices. Several dax devices are then the reason to refuse the
    /// device, and not an unknown file.
    /// </summary>
    private bool HasFile(NvdimmDevice device, string name) =>
        device.Path == Path.Combine(root, "dev", name) || device.DaxDevices.Any(dax => dax.CharDevice == name);

    private static Alignment? AlignOf(NamespaceFolder folder) =>
        folder.Number("align") is > 0 and var align ? Alignment.FromBytes(align) : null;
}
