using System.IO.Compression;
using NSubstitute;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Tests;

/// <summary>A host with one device, which is a sparse file, and with sysfs and procfs of its own.</summary>
internal sealed class TestHost : IDisposable
{
    public const long MiB = 1L << 20;

    /// <summary>Where oVirt's strategy has the labels of a device of 512 MiB with 2 MiB, as measured.</summary>
    public const long Offset = 404619264;

    /// <summary>Where it has those of a device of 1026 MiB.</summary>
    public const long OffsetOf1026 = (898 * MiB) - (128 << 10);

    private readonly TemporaryFolder folder = new();

    public TestHost(long mebibytes = 512, params long[] labels)
    {
        folder.Write("proc/self/mountinfo", "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n");
        folder.Write("proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
        folder.Write("sys/block/pmem0/dev", "259:0\n");
        folder.Write("sys/block/pmem0/ro", "0\n");
        folder.Write("sys/block/pmem0/device/uuid", "8ef81800-82b6-40ad-8962-6f0412bab47d\n");
        Directory.CreateDirectory(PathOf("sys", "block", "pmem0", "holders"));
        State = StateFolders.Made(PathOf("state"));
        Place(mebibytes, labels);
    }

    public static byte[] Labels { get; } = Read();

    public string State { get; private set; }

    /// <summary>What somebody has left in the state folder.</summary>
    public IEnumerable<string> Kept =>
        Directory.EnumerateFileSystemEntries(State).Where(entry => !Path.GetFileName(entry).StartsWith("host-", StringComparison.Ordinal));

    public LayoutLedger Ledger => new(State, TimeProvider.System);

    public DeviceClaims Claims => new(State, TimeProvider.System);

    public NvdimmDevice Device { get; set; } = new()
    {
        Name = "namespace0.0",
        Uuid = new Guid("8ef81800-82b6-40ad-8962-6f0412bab47d"),
        Mode = NamespaceMode.Fsdax,
        Map = NamespaceMap.Device,
        Align = Alignment.FromMiB(2),
        NumaNode = 0,
    };

    public string RecordFile => Path.Combine(State, $"{DeviceIdentity.Of(Device)}.json");

    public string PathOf(params string[] parts) => folder.PathOf(parts);

    /// <summary>Another state folder.</summary>
    public void UseState(string name) => State = StateFolders.Made(PathOf(name));

    public string Write(string path, string content) => folder.Write(path, content);

    /// <summary>Makes the device anew, with labels at these offsets.</summary>
    public void Place(long mebibytes, params long[] labels) => PlaceBytes(mebibytes, [.. labels.Select(offset => (offset, Labels))]);

    /// <summary>Makes the device anew, with bytes at these offsets.</summary>
    public void PlaceBytes(long mebibytes, params (long Offset, byte[] Bytes)[] parts) => Device = Device with
    {
        Path = folder.Device(mebibytes * MiB, parts),
        Size = ByteSize.FromMiB(mebibytes),
    };

    /// <summary>The label area of the device at an offset.</summary>
    public byte[] BytesAt(long offset)
    {
        using var device = File.OpenRead(Device.Path!);
        device.Position = offset;
        var bytes = new byte[128 << 10];
        device.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Overwrites bytes of the device.</summary>
    public void WriteAt(long offset, byte[] bytes)
    {
        using var device = File.OpenWrite(Device.Path!);
        device.Position = offset;
        device.Write(bytes);
    }

    /// <summary>Writes a POWER domain that has the device of 513 MiB with a uuid of its own, and gives the options that name it.</summary>
    public string PowerDomain(string? uuid = null)
    {
        const string Own = "8ec948ec-8898-46af-889c-470b50297999";
        var domain = TestFiles.Text("field-domains", "own-ppc-uuid-of-the-domain.xml").Replace("/dev/pmem0", Device.Path, StringComparison.Ordinal);
        return $"--domain-xml {Write("power.xml", domain.Replace(Own, uuid ?? Own, StringComparison.Ordinal))}";
    }

    /// <summary>The uuid of the raw area under the namespace.</summary>
    public static Guid RawUuid { get; } = new("0ef81800-82b6-40ad-8962-6f0412bab47d");

    /// <summary>Shows the device in sysfs as the kernel does: an fsdax namespace, or its raw area.</summary>
    public void ShowInSysfs()
    {
        HideFromSysfs();
        const string Space = "sys/devices/ndbus0/region0/namespace0.0";
        var isRaw = Device.Mode == NamespaceMode.Raw;
        var owner = isRaw ? Space : "sys/devices/ndbus0/region0/pfn0.0";
        folder.Write($"{Space}/holder", isRaw ? "\n" : "pfn0.0\n");
        folder.Write($"{Space}/size", $"{Device.Size!.Value.Bytes + (2 * MiB)}\n");
        folder.Write($"{Space}/uuid", $"{RawUuid:D}\n");
        folder.Write($"{Space}/numa_node", "0\n");
        if (!isRaw)
        {
            folder.Write($"{owner}/namespace", "namespace0.0\n");
            folder.Write($"{owner}/uuid", $"{Device.Uuid:D}\n");
            folder.Write($"{owner}/align", $"{2 * MiB}\n");
            Device = Device with { RawUuid = RawUuid };
        }

        folder.Write($"{owner}/block/pmem0/size", $"{Device.Size!.Value.Bytes / 512}\n");
        folder.Write($"{owner}/block/pmem0/dev", "259:0\n");
        folder.Write($"{owner}/block/pmem0/ro", "0\n");
        Directory.CreateDirectory(PathOf([.. owner.Split('/'), "block", "pmem0", "holders"]));
        Link(PathOf(owner.Split('/')), [.. owner.Split('/'), "block", "pmem0", "device"]);
        Link(PathOf([.. owner.Split('/'), "block", "pmem0"]), "sys", "block", "pmem0");
        Link(PathOf(Space.Split('/')), "sys", "bus", "nd", "devices", "namespace0.0");
    }

    /// <summary>The kernel does not show the device at the moment.</summary>
    public void HideFromSysfs()
    {
        foreach (var part in new[] { PathOf("sys", "devices"), PathOf("sys", "bus"), PathOf("sys", "block", "pmem0") })
        {
            if (new DirectoryInfo(part).LinkTarget is not null)
            {
                File.Delete(part);
            }
            else if (Directory.Exists(part))
            {
                Directory.Delete(part, recursive: true);
            }
        }
    }

    public Task<ToolRun> Run(params string[] arguments) => RunAsIs([.. arguments, "--state-folder", State]);

    /// <summary>Runs a command line that the tool has printed, as a shell would.</summary>
    public Task<ToolRun> Follow(string commandLine)
    {
        var words = ShellWords.Split(commandLine);
        Assert.That(words[0], Is.EqualTo("nvdimm"), commandLine);
        return RunAsIs([.. words.Skip(1)]);
    }

    /// <summary>Runs a whole command line.</summary>
    public Task<ToolRun> RunAsIs(string[] arguments) => ToolRun.With("", Runner(), arguments, root: folder.Path);

    /// <summary>Runs a command for a person with a terminal of a width.</summary>
    public Task<ToolRun> RunInTerminal(int columns, params string[] arguments) =>
        ToolRun.InTerminal(columns, Runner(), folder.Path, [.. arguments, "--state-folder", State]);

    private INdctlRunner Runner()
    {
        var runner = Substitute.For<INdctlRunner>();
        runner.ListAsync(Arg.Any<CancellationToken>()).Returns(_ => Task.FromResult(new NdctlListing
        {
            Devices = [Device],
            Findings = [],
            Shape = NdctlListingShape.Namespaces,
            IsComplete = true,
        }));
        return runner;
    }

    public void Dispose() => folder.Dispose();

    private void Link(string target, params string[] link)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(link))!);
        Directory.CreateSymbolicLink(PathOf(link), target);
    }

    private static byte[] Read()
    {
        using var packed = new GZipStream(File.OpenRead(TestFiles.PathOf("labels", "x86-v1.2-two-namespaces.bin.gz")), CompressionMode.Decompress);
        var area = new byte[128 << 10];
        packed.ReadExactly(area);
        return area;
    }
}
