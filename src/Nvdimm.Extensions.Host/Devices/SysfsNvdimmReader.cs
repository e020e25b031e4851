using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>
/// Reads namespaces from sysfs: what <c>ndctl list -N -v</c> says of them, without a program, without root's rights, in a fraction of a
/// millisecond. Compared with ndctl 76.1 on the captured hosts of the tests.
/// </summary>
/// <remarks>
/// A dax device counts as many bad blocks as its region has: which of them are below it only root can know.
/// Linux v6.1: <c>drivers/nvdimm/namespace_devs.c</c>, <c>pfn_devs.c</c>, <c>btt_devs.c</c>, <c>dax_devs.c</c>, <c>drivers/dax/bus.c</c>.
/// </remarks>
/// <param name="root">The folder below which <c>sys</c> and <c>dev</c> are; <c>/</c>, except in tests.</param>
public sealed class SysfsNvdimmReader(string root = "/")
{
    private const long SectorSize = 512;

    // Linux v6.1 include/linux/nd.h, ND_MAX_MAPPINGS.
    private const long MaximumMappings = 32;

    /// <summary>The namespaces that were read, by their folder; null where each is read anew.</summary>
    private Dictionary<string, NvdimmDevice>? kept;

    private string Bus => Path.Combine(root, "sys", "bus", "nd", "devices");

    /// <summary>The namespace whose device file this is; null where there is no such file, or it is none of a namespace.</summary>
    /// <param name="devicePath">The device file, such as <c>/dev/pmem0</c> or <c>/dev/dax0.0</c>, or a link to it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="devicePath"/> is null.</exception>
    /// <exception cref="IOException">An attribute is there and cannot be read, or says what no kernel says; or whether the file is there cannot be told.</exception>
    /// <exception cref="UnauthorizedAccessException">An attribute or the file may not be read.</exception>
    public NvdimmDevice? Find(string devicePath)
    {
        ArgumentNullException.ThrowIfNull(devicePath);

        // File.Exists alone also says no to what may not be seen. No file has an empty name or one with a NUL.
        if (devicePath.Length == 0 || devicePath.Contains('\0', StringComparison.Ordinal) || !DurableFiles.IsThere(devicePath) || !File.Exists(devicePath))
        {
            return null;
        }

        var file = DeviceFile.Behind(devicePath);
        if (!file.IsInDeviceFolder(root))
        {
            return null;
        }

        // A block device is in the folder "block" of the device that it belongs to, a dax device is inside its nd_dax device.
        var owner = NamespaceFolder.Behind(file.BlockFolder(root)) is { } block
            ? block.Parent.Parent
            : NamespaceFolder.Behind(file.DaxFolder(root))?.Parent;
        if (owner is not { } found)
        {
            return null;
        }

        var isNamespace = found.Name.StartsWith("namespace", StringComparison.Ordinal);
        var space = isNamespace ? found : found.Text("namespace") is { Length: > 0 } below ? found.Beside(below) : default(NamespaceFolder?);
        return space is { } known && Read(known) is { } device && HasFile(device, file.Name) ? device with { Path = devicePath } : null;
    }

    /// <summary>Whether the kernel has a namespace of that name, with or without device file.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public bool Exists(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.Contains('/', StringComparison.Ordinal)
            && name.StartsWith("namespace", StringComparison.Ordinal)
            && Directory.Exists(Path.Combine(Bus, name));
    }

    /// <summary>All namespaces of the host except empty ones, which the kernel keeps for the next to be created; by name.</summary>
    /// <exception cref="IOException">An attribute is there and cannot be read, or says what no kernel says.</exception>
    /// <exception cref="UnauthorizedAccessException">An attribute may not be read.</exception>
    public ValueList<NvdimmDevice> List() => Names().Select(ReadOrNull).OfType<NvdimmDevice>().ToValueList();

    /// <summary>
    /// The same, each namespace for itself: for reports, in which one that cannot be read must not cost the others. Whoever is about to use
    /// a device wants <see cref="Find"/>, which throws.
    /// </summary>
    /// <exception cref="IOException">The namespaces cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The namespaces may not be listed.</exception>
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
    /// A device of a listing with what its bus and its region promise, where the listing does not say it. A namespace that the kernel does not have
    /// stays as it is.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    /// <exception cref="IOException">An attribute is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">An attribute may not be read.</exception>
    public NvdimmDevice WithPromise(NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Exists(device.Name) && NamespaceFolder.Behind(Path.Combine(Bus, device.Name)) is { Parent: var region }
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
        NamespaceFolder.Behind(Path.Combine(Bus, name)) is { } folder && folder.Number("size") is > 0 ? Read(folder) : null;

    /// <summary>A reader for one moment: what it has read of a namespace counts for the next question.</summary>
    internal static SysfsNvdimmReader ForOneMoment(string root) => new(root) { kept = new(StringComparer.Ordinal) };

    private NvdimmDevice Read(NamespaceFolder space)
    {
        if (kept?.TryGetValue(space.Path, out var known) == true)
        {
            return known;
        }

        var device = ReadNow(space);
        kept?.Add(space.Path, device);
        return device;
    }

    private NvdimmDevice ReadNow(NamespaceFolder space)
    {
        var holder = space.Text("holder") is { Length: > 0 } name ? space.Beside(name) : default(NamespaceFolder?);
        var device = new NvdimmDevice
        {
            Name = space.Name,
            RawUuid = holder is null ? null : space.Uuid(),
            Label = space.Text("alt_name") is { Length: > 0 } label ? label : null,
            NumaNode = space.Node("numa_node"),
            TargetNode = space.Node("target_node"),
            Region = space.Parent.Name,
        };
        if (device.RawUuid is null)
        {
            device = device with { InterleaveSet = SetOf(space.Parent) };
        }

        return holder switch
        {
            null when space.Text("mode") == "memory" => Mapped(
                OfRegion(device with { Mode = NamespaceMode.Fsdax, ReportedMode = "fsdax", Map = NamespaceMap.Memory, Uuid = space.Uuid() }, space.Parent),
                space),
            null => Block(OfRegion(device with { Mode = NamespaceMode.Raw, ReportedMode = "raw", Uuid = space.Uuid() }, space.Parent), space),
            { Name: ['p', ..] } pfn => Block(device with { Mode = NamespaceMode.Fsdax, ReportedMode = "fsdax", Uuid = pfn.Uuid(), Align = AlignOf(pfn) }, pfn),
            { Name: ['b', ..] } btt => Block(device with { Mode = NamespaceMode.Sector, ReportedMode = "sector", Uuid = btt.Uuid() }, btt),
            { } dax => SysfsDax.Read(device with { Mode = NamespaceMode.Devdax, ReportedMode = "devdax", Uuid = dax.Uuid(), Align = AlignOf(dax) }, dax, root),
        };
    }

    /// <summary>
    /// The cookie of the interleave set; null where the region has none. It counts where the namespace has no label of its own, and is not read otherwise.
    /// </summary>
    private static string? SetOf(NamespaceFolder region) => TextOf(region, "set_cookie");

    /// <summary>The DIMMs, for a namespace that has no uuid at all.</summary>
    private static NvdimmDevice OfRegion(NvdimmDevice device, NamespaceFolder region)
    {
        if (device.Uuid is not null || region.Number("mappings") is not { } count)
        {
            return device;
        }

        // Linux v6.1 drivers/nvdimm/region_devs.c, mappingN_show: the DIMM's name first; drivers/acpi/nfit/core.c, id_show.
        var names = Enumerable.Range(0, (int)Math.Clamp(count, 0, MaximumMappings)).Select(number => region.Text($"mapping{number}").Split(',')[0]);
        return device with
        {
            Dimms = names.Where(name => name.Length > 0)
                .Select(name => region.Beside(name).Text("nfit/id") is { Length: > 0 } id ? id : name)
                .ToValueList(),
        };
    }

    /// <summary>
    /// A namespace that the kernel maps without a superblock on it, its page structures in the host's RAM: on e820 and virtio-pmem. One that has
    /// labels shows its raw area in that way (Linux v6.1 <c>drivers/nvdimm/namespace_devs.c</c>, mode_show, pmem_should_map_pages).
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
    /// Whether it is the device's file, or one of several dax devices: then that is what refuses the device, and not that its file is unknown.
    /// </summary>
    private bool HasFile(NvdimmDevice device, string name) =>
        device.Path == Path.Combine(root, "dev", name) || device.DaxDevices.Any(dax => dax.CharDevice == name);

    private static Alignment? AlignOf(NamespaceFolder folder) => folder.Number("align") is > 0 and var align ? Alignment.FromBytes(align) : null;
}
