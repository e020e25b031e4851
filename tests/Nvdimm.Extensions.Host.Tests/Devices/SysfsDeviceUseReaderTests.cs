using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;

namespace Nvdimm.Extensions.Host.Tests.Devices;

public sealed class SysfsDeviceUseReaderTests
{
    private const string Root = "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw";
    private const string SwapHeading = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeHost()
    {
        folder = new TemporaryFolder();
        Mounts(Root);
        folder.Write("proc/swaps", SwapHeading);
        Block("pmem0", "259:0");
        Block("pmem1", "259:9");
    }

    [TearDown]
    public void RemoveHost() => folder.Dispose();

    [Test]
    public void Read_NobodyHasIt_IsFree() => Assert.That(Read("/dev/pmem0"), Is.EqualTo(DeviceUse.Free));

    [Test]
    public void Read_ReadOnly_IsSaid()
    {
        Block("pmem0", "259:0", readOnly: true);
        Assert.That(Read("/dev/pmem0"), Is.EqualTo(new DeviceUse(IsReadOnly: true, [])));
        Assert.That(Read("/dev/pmem1"), Is.EqualTo(DeviceUse.Free));
    }

    [Test]
    public void Read_MountedByNumber_IsFoundWhateverItsSourceIsCalled()
    {
        Mounts(Root, "61 27 259:0 / /data rw,relatime shared:33 - ext4 /dev/disk/by-label/data rw,dax=always");
        Assert.That(Read("/dev/pmem0").Uses, Is.EqualTo(["mounted on /data"]));
        Assert.That(Read("/dev/pmem1"), Is.EqualTo(DeviceUse.Free));
    }

    /// <summary>btrfs gives each volume a number of its own; the device shows only as source.</summary>
    [Test]
    public void Read_MountedWithANumberOfItsOwn_IsFoundByItsSource()
    {
        Mounts(Root, "61 27 0:47 /sub /data rw shared:33 - btrfs /dev/pmem0 rw,subvol=/sub");
        Assert.That(Read("/dev/pmem0").Uses, Is.EqualTo(["mounted on /data"]));
        Assert.That(Read("/dev/pmem1"), Is.EqualTo(DeviceUse.Free));
    }

    [TestCase(@"/with\040blank", "/with blank")]
    [TestCase(@"/tab\011and\012line", "/tab\tand\nline")]
    [TestCase(@"/back\134slash", @"/back\slash")]
    [TestCase(@"/no\08escape", @"/no\08escape")]
    [TestCase(@"/with\040-\040dash", "/with - dash")]
    public void Read_MountPoint_IsDecoded(string written, string name)
    {
        Mounts($"61 27 259:0 / {written} rw - xfs /dev/pmem0 rw");
        Assert.That(Read("/dev/pmem0").Uses, Is.EqualTo([$"mounted on {name}"]));
    }

    /// <summary>Linux 6.1 with a real NVDIMM shows the option <c>dax</c> as <c>dax=always</c>; before 5.8 there was no other.</summary>
    [TestCase("rw,dax=always", true)]
    [TestCase("rw,dax", true)]
    [TestCase("rw,dax=inode", false)]
    [TestCase("rw,dax=never", false)]
    [TestCase("rw", false)]
    [TestCase("rw,xdax", false)]
    public void MountTable_IsDax_FollowsTheOptionsOfTheFileSystem(string options, bool isDax)
    {
        Mounts($"25 1 259:0 / /mnt/a rw,relatime - ext4 /dev/pmem0 {options}");
        Assert.That(MountTable.Read(folder.PathOf("proc", "self", "mountinfo")).Single().IsDax, Is.EqualTo(isDax));
    }

    [Test]
    public void Read_SeveralOptionalFieldsOrNone_AreSkipped()
    {
        Mounts("61 27 259:0 / /a rw - xfs /dev/pmem0 rw", "62 27 259:0 / /b rw shared:1 master:2 unbindable - xfs /dev/pmem0 rw");
        Assert.That(Read("/dev/pmem0").Uses, Is.EqualTo(["mounted on /a", "mounted on /b"]));
    }

    [Test]
    public void Read_PartitionMounted_IsAUseOfTheDevice()
    {
        Partition("pmem0", "pmem0p1", "259:1");
        Partition("pmem0", "pmem0p2", "259:2");
        Mounts(Root, "61 27 259:2 / /data rw - ext4 /dev/pmem0p2 rw");
        Assert.That(Read("/dev/pmem0").Uses, Is.EqualTo(["mounted on /data"]));
        Assert.That(Read("/dev/pmem1"), Is.EqualTo(DeviceUse.Free));
    }

    /// <summary>The guest gets the whole device; whether the kernel lets it write is the device's own attribute.</summary>
    [Test]
    public void Read_PartitionReadOnly_LeavesTheDeviceWritable()
    {
        Partition("pmem0", "pmem0p1", "259:1", readOnly: true);
        Assert.That(Read("/dev/pmem0"), Is.EqualTo(DeviceUse.Free));
    }

    [Test]
    public void Read_Holders_AreNamedInOrder()
    {
        folder.Write("sys/block/pmem0/holders/dm-3", "");
        folder.Write("sys/block/pmem0/holders/dm-0", "");
        Assert.That(Read("/dev/pmem0").Uses, Is.EqualTo(["held by dm-0", "held by dm-3"]));
    }

    [Test]
    public void Read_HolderOfAPartition_IsAUseOfTheDevice()
    {
        Partition("pmem0", "pmem0p1", "259:1");
        folder.Write("sys/block/pmem0/pmem0p1/holders/md0", "");
        Assert.That(Read("/dev/pmem0").Uses, Is.EqualTo(["held by md0"]));
    }

    [Test]
    public void Read_Swap_IsSaid()
    {
        folder.Write("proc/swaps", $"{SwapHeading}/dev/pmem0                              partition\t1048572\t\t0\t\t-2\n/dev/zram0\tpartition\t1\t0\t100\n");
        Assert.That(Read("/dev/pmem0").Uses, Is.EqualTo(["swap on /dev/pmem0"]));
        Assert.That(Read("/dev/pmem1"), Is.EqualTo(DeviceUse.Free));
    }

    [Test]
    public void Read_SeveralUses_AreAllSaid()
    {
        Block("pmem0", "259:0", readOnly: true);
        Partition("pmem0", "pmem0p1", "259:1");
        Partition("pmem0", "pmem0p2", "259:2");
        folder.Write("sys/block/pmem0/pmem0p1/holders/dm-0", "");
        folder.Write("proc/swaps", $"{SwapHeading}/dev/pmem0p2 partition 1 0 -2\n");
        Mounts(Root, "61 27 259:0 / /data rw - ext4 /dev/pmem0 rw", "62 27 259:0 / /again rw - ext4 /dev/pmem0 rw");
        Assert.That(Read("/dev/pmem0"), Is.EqualTo(new DeviceUse(
            IsReadOnly: true, ["mounted on /data", "mounted on /again", "held by dm-0", "swap on /dev/pmem0p2"])));
    }

    [Test]
    public void Read_Dax_IsFreeWithoutLookingAnywhere() =>
        Assert.That(new SysfsDeviceUseReader(folder.PathOf("nothing")).Read("/dev/dax0.0"), Is.EqualTo(DeviceUse.Free));

    /// <summary>A link may have any name; that of a dax device would make a disk that is mounted a free one.</summary>
    [TestCase("dax0.0")]
    [TestCase("pmem1")]
    [TestCase("mydisk")]
    public void Read_ThroughALink_IsTheUseOfTheDevice(string name)
    {
        Block("pmem0", "259:0", readOnly: true);
        Mounts(Root, "61 27 259:0 / /data rw - ext4 /dev/pmem0 rw");
        folder.Write("dev/pmem0", "");
        Directory.CreateDirectory(folder.PathOf("dev", "disk"));
        File.CreateSymbolicLink(folder.PathOf("dev", "disk", name), "../pmem0");
        Assert.That(Read(folder.PathOf("dev", "disk", name)), Is.EqualTo(new DeviceUse(IsReadOnly: true, ["mounted on /data"])));
    }

    [Test]
    public void Read_ThroughALinkToADaxDevice_IsFree()
    {
        folder.Write("dev/dax0.0", "");
        File.CreateSymbolicLink(folder.PathOf("dev", "pmem0"), "dax0.0");
        Block("pmem0", "259:0", readOnly: true);
        Assert.That(Read(folder.PathOf("dev", "pmem0")), Is.EqualTo(DeviceUse.Free));
    }

    /// <summary>Where a folder is a link, ".." behind it leads elsewhere than its text says.</summary>
    [Test]
    public void Read_ThroughALinkBehindALinkedFolder_IsTheUseOfWhatTheSystemFinds()
    {
        Block("pmem0", "259:0", readOnly: true);
        folder.Write("dev/pmem0", "");
        folder.Write("dev/dax0.0", "");
        Directory.CreateDirectory(folder.PathOf("dev", "inner"));
        File.CreateSymbolicLink(folder.PathOf("dev", "inner", "device"), "../pmem0");
        Directory.CreateSymbolicLink(folder.PathOf("near"), "dev/inner");
        Assert.That(Read(folder.PathOf("near", "device")).IsReadOnly, Is.True);
        Assert.That(Read(folder.PathOf("near", "..", "dax0.0")), Is.EqualTo(DeviceUse.Free));
    }

    /// <summary>A file is called as somebody likes, also as a device that is mounted, or as one that cannot be.</summary>
    [TestCase("pmem0")]
    [TestCase("dax0.0")]
    [TestCase("vm1.img")]
    public void Read_RegularFile_IsNotTheDeviceOfThatName(string name)
    {
        Block("pmem0", "259:0", readOnly: true);
        Mounts(Root, "61 27 259:0 / /data rw - ext4 /dev/pmem0 rw");
        var file = folder.Write($"store/{name}", "x");
        Assert.That(Read(file), Is.EqualTo(DeviceUse.Free));
        folder.Write("sys/block/loop0/loop/backing_file", $"{folder.Write("store/other", "x")}\n");
        Directory.CreateDirectory(folder.PathOf("sys", "block", "loop1"));
        Assert.That(Read(file), Is.EqualTo(DeviceUse.Free));
        folder.Write("sys/block/loop5/loop/backing_file", $"{file}\n");
        folder.Write("proc/swaps", $"{SwapHeading}{file} file 1 0 -2\n");
        Assert.That(Read(file).Uses, Is.EqualTo(["held by loop5", $"swap on {file}"]));
    }

    /// <summary>A real loop device, found through another name of its file. Needs root.</summary>
    [Test]
    public void Read_RealFileUnderALoopDevice_IsHeld()
    {
        using var mount = new LoopMount("ext4");
        var file = mount.WriteFile("vm1.img");
        Assert.That(new SysfsDeviceUseReader().Read(file), Is.EqualTo(DeviceUse.Free));
        var loop = RealProgram.Run("losetup", "--show", "-f", file).Output.Trim();
        try
        {
            Assert.That(RealProgram.Run("ln", file, mount.PathOf("hard")).ExitCode, Is.Zero);
            Assert.That(new SysfsDeviceUseReader().Read(mount.PathOf("hard")).Uses, Is.EqualTo([$"held by {Path.GetFileName(loop)}"]));
        }
        finally
        {
            RealProgram.Run("losetup", "-d", loop);
        }
    }

    /// <summary>Needs root.</summary>
    [Test]
    public void Read_RealFileThatNobodyCanWrite_IsReadOnly()
    {
        using var mount = new LoopMount("ext4");
        var file = mount.WriteFile("vm1.img");
        Assert.That(RealProgram.Run("chattr", "+i", file).ExitCode, Is.Zero);
        Assert.That(new SysfsDeviceUseReader().Read(file).IsReadOnly, Is.True);
        Assert.That(RealProgram.Run("chattr", "-i", file).ExitCode, Is.Zero);
        Assert.That(new SysfsDeviceUseReader().Read(file).IsReadOnly, Is.False);
        mount.Unmount();
        mount.Mount("ro");
        Assert.That(new SysfsDeviceUseReader().Read(file).IsReadOnly, Is.True);
    }

    [TestCase("dax0.0", "nothing")]
    [TestCase("dax0.0", "dax0.0")]
    public void Read_LinkThatLeadsNowhere_IsAnIOException(string name, string target)
    {
        File.CreateSymbolicLink(folder.PathOf(name), target);
        Assert.That(() => Read(folder.PathOf(name)), Throws.InstanceOf<IOException>().With.Message.StartsWith($"follow {folder.PathOf(name)}: ").And.Message.Not.Contain("Success"));
    }

    [Test]
    public void Read_MissingDevice_IsAnIOException() => Assert.That(() => Read("/dev/pmem7"), Throws.InstanceOf<IOException>().With.Message.Contains("pmem7"));

    [TestCase("nonsense")]
    [TestCase("")]
    [TestCase("61 27 259:0 / /data rw ext4 /dev/pmem0 rw")]
    [TestCase("61 27 259:0 / /data rw - ext4")]
    [TestCase("61 27 259:0 / /data - ext4 /dev/pmem0 rw")]
    public void Read_LineThatIsNoMount_IsAnIOExceptionThatShowsIt(string line)
    {
        Mounts(Root, line);
        Assert.That(() => Read("/dev/pmem0"), Throws.InstanceOf<IOException>().With.Message.Contain($"'{line}'"));
    }

    [TestCase("proc/self/mountinfo")]
    [TestCase("proc/swaps")]
    [TestCase("sys/block/pmem0/ro")]
    [TestCase("sys/block/pmem0/dev")]
    public void Read_MissingFile_IsAnIOException(string file)
    {
        File.Delete(folder.PathOf(file.Split('/')));
        Assert.That(() => Read("/dev/pmem0"), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Read_Null_IsTheCallersBug() => Assert.That(() => Read(null!), Throws.ArgumentNullException);

    /// <summary>The real sysfs and procfs: a disk of this machine that is mounted is found to be.</summary>
    [Test]
    public void Read_RealMountedDisk_IsFoundMounted()
    {
        var mounted = File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' '))
            .Select(fields => (Disk: DiskOf(fields[2]), Target: fields[4]))
            .FirstOrDefault(mount => mount.Disk is not null && !mount.Target.Contains('\\', StringComparison.Ordinal));
        if (mounted.Disk is null)
        {
            RealProgram.Unavailable("No file system of this machine is on a block device of its own (a container, or btrfs only)");
        }

        Assert.That(new SysfsDeviceUseReader().Read($"/dev/{mounted.Disk}").Uses, Does.Contain($"mounted on {mounted.Target}"));
    }

    [Test]
    public void Read_EveryRealBlockDevice_IsReadable()
    {
        var reader = new SysfsDeviceUseReader();
        foreach (var disk in Directory.EnumerateDirectories("/sys/block").Select(disk => Path.GetFileName(disk)))
        {
            var attribute = File.ReadAllText($"/sys/block/{disk}/ro").Trim();
            Assert.That(reader.Read($"/dev/{disk}").IsReadOnly, Is.EqualTo(attribute == "1"), disk);
        }
    }

    /// <summary>The disk that a device number belongs to, as itself or as one of its partitions; null where it is no block device.</summary>
    private static string? DiskOf(string number)
    {
        var link = $"/sys/dev/block/{number}";
        if (!Directory.Exists(link))
        {
            return null;
        }

        var target = Directory.ResolveLinkTarget(link, returnFinalTarget: true)!;
        return File.Exists(Path.Combine(target.FullName, "partition")) ? Path.GetFileName(Path.GetDirectoryName(target.FullName)) : target.Name;
    }

    private DeviceUse Read(string path) => new SysfsDeviceUseReader(folder.Path).Read(path);

    private void Mounts(params string[] lines) => folder.Write("proc/self/mountinfo", string.Concat(lines.Select(line => $"{line}\n")));

    private void Block(string name, string number, bool readOnly = false)
    {
        folder.Write($"sys/block/{name}/dev", $"{number}\n");
        folder.Write($"sys/block/{name}/ro", readOnly ? "1\n" : "0\n");
        Directory.CreateDirectory(folder.PathOf("sys", "block", name, "holders"));
        Directory.CreateDirectory(folder.PathOf("sys", "block", name, "queue"));
    }

    private void Partition(string disk, string name, string number, bool readOnly = false)
    {
        Block($"{disk}/{name}", number, readOnly);
        folder.Write($"sys/block/{disk}/{name}/partition", "1\n");
    }
}
