using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Devices;

/// <summary>A regular file is a device of its own kind. The identities are those of real ext4 and XFS, mounted through loop devices; that needs root.</summary>
public sealed class HostDevicesTests
{
    private readonly HostDevices host = new();
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase("ext4")]
    [TestCase("xfs")]
    public void Identity_IsTheFile_AfterAMountAndUnderEveryName(string type)
    {
        using var mount = new LoopMount(type);
        var path = mount.WriteFile("one");
        var identity = Identity(path);
        Assert.That(identity.Kind, Is.EqualTo(DeviceIdentityKind.File));
        Assert.That(identity.IsStable, Is.True);
        Assert.That(identity.Key, Does.Match("^file-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]+-[0-9a-f]{8}$"));
        Assert.That(identity.Key, Does.StartWith($"file-{UuidOf(mount)}-"), "the uuid that blkid reads");

        mount.Unmount();
        mount.Mount();
        Assert.That(Identity(path), Is.EqualTo(identity), "mounted again");
        File.Move(path, mount.PathOf("two"));
        Assert.That(Identity(mount.PathOf("two")), Is.EqualTo(identity), "renamed");
        Assert.That(RealProgram.Run("ln", mount.PathOf("two"), mount.PathOf("hard")).ExitCode, Is.Zero);
        Assert.That(Identity(mount.PathOf("hard")), Is.EqualTo(identity), "hard link");
        File.CreateSymbolicLink(folder.PathOf("link"), mount.PathOf("two"));
        Assert.That(Identity(folder.PathOf("link")), Is.EqualTo(identity), "symbolic link");
        File.WriteAllText(mount.PathOf("two"), "other content");
        Assert.That(Identity(mount.PathOf("two")), Is.EqualTo(identity), "written");
    }

    [TestCase("ext4")]
    [TestCase("xfs")]
    public void Identity_OfAnotherFile_IsAnother(string type)
    {
        using var mount = new LoopMount(type);
        var path = mount.WriteFile("one");
        var first = host.Find(path)!.File!.Identity!;
        File.Copy(path, mount.PathOf("copy"));
        Assert.That(host.Find(mount.PathOf("copy"))!.File!.Identity!.Inode, Is.Not.EqualTo(first.Inode), "a copy");

        // The inode is free now, and the next file gets it: only the generation tells the two apart.
        // XFS frees it in its own time, at the latest when it is unmounted.
        File.Delete(path);
        mount.Unmount();
        mount.Mount();
        var second = host.Find(mount.WriteFile("one"))!.File!.Identity!;
        Assert.That(second.Inode, Is.EqualTo(first.Inode), "the inode is used again");
        Assert.That(second.Generation, Is.Not.EqualTo(first.Generation));
        Assert.That(Identity(path).Key, Is.Not.EqualTo(DeviceIdentity.Of(new NvdimmDevice { Name = path, File = new BackingFile(first, IsDax: false) }).Key));
        using var other = new LoopMount(type);
        Assert.That(host.Find(other.WriteFile("one"))!.File!.Identity!.FileSystem, Is.Not.EqualTo(first.FileSystem), "another file system");
    }

    [Test]
    public void Identity_OnTmpfs_IsThePathOnly()
    {
        var path = $"/dev/shm/{Path.GetFileName(folder.Path)}.img";
        try
        {
            File.WriteAllText(path, "x");
            Assert.That(host.Find(path)!.File, Is.EqualTo(new BackingFile(Identity: null, IsDax: false)));
            var identity = Identity(path);
            Assert.That((identity.Kind, identity.IsStable), Is.EqualTo((DeviceIdentityKind.KernelName, false)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Find_AFile_HasWhatAFileHas()
    {
        var path = folder.PathOf("vm1.img");
        File.WriteAllBytes(path, new byte[1 << 20]);
        RealProgram.Run("sync", path);
        var device = host.Find(path)!;
        Assert.That(device, Is.EqualTo(new NvdimmDevice { Name = path, Path = path, Size = ByteSize.FromMiB(1), File = device.File }));
        Assert.That((device.IsUsable, device.Persistence, device.IsDevdax), Is.EqualTo((true, BackingPersistence.PageCache, false)));
    }

    /// <summary>What is not allocated is allocated when the guest writes to it, or not.</summary>
    [TestCase("ext4")]
    [TestCase("xfs")]
    public void Find_AFileWithHoles_Warns(string type)
    {
        using var mount = new LoopMount(type);
        var path = mount.PathOf("sparse");
        using (var file = File.Create(path))
        {
            file.SetLength(8 << 20);
            file.Write("content"u8);
        }

        RealProgram.Run("sync", path);
        var finding = host.Find(path)!.FindingOf(NvdimmCodes.FileSparse)!;
        Assert.That((finding.Severity, finding["device"], finding["size"]), Is.EqualTo((Severity.Warning, path, "8388608")));
        Assert.That(finding["allocated"], Is.EqualTo(type == "xfs" ? "4096" : "1024"), "one block; those of a small ext4 have 1 KiB");
        Assert.That(host.Find(path)!.IsUsable, Is.True);

        // The advice of the finding.
        Assert.That(RealProgram.Run("fallocate", "-l", "8388608", path).ExitCode, Is.Zero);
        Assert.That(host.Find(path)!.Findings, Is.Empty);
        Assert.That(File.ReadAllBytes(path).AsSpan(0, 7).SequenceEqual("content"u8), Is.True);
    }

    [Test]
    public void Find_AnEmptyFile_IsRefusedBySize()
    {
        var device = host.Find(folder.Write("empty", ""))!;
        var sized = NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value);
        Assert.That(sized.Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.DeviceTooSmall));
    }

    [Test]
    public void Find_WhatIsNoFile_IsNothing()
    {
        Assert.That(RealProgram.Run("mkfifo", folder.PathOf("pipe")).ExitCode, Is.Zero);
        string[] paths = [folder.Path, folder.PathOf("pipe"), "/dev/null", folder.PathOf("nothing"), folder.PathOf("nothing", "at", "all"), "", "relative"];
        foreach (var path in paths)
        {
            Assert.That((host.Find(path), host.IsFile(path)), Is.EqualTo((default(NvdimmDevice), false)), path);
        }

        Assert.That(() => host.IsFile(null!), Throws.ArgumentNullException);
    }

    /// <summary>Somebody has written to /dev/pmem7 while there was no such device: QEMU would map the host's RAM.</summary>
    [Test]
    public void Find_AFileInTheFolderOfDevices_IsNothing()
    {
        CapturedSysfs.Make(folder, "single-fsdax");
        var devices = new HostDevices(folder.Path);
        var device = new SysfsNvdimmReader(folder.Path).List().Single();
        Assert.That(devices.Find(device.Path!), Is.EqualTo(device), "a namespace");
        Assert.That((devices.Find(folder.Write("dev/pmem7", "x")), devices.IsFile(folder.PathOf("dev", "pmem7"))), Is.EqualTo((default(NvdimmDevice), false)));
        Assert.That(devices.Find(folder.Write("store/dev/pmem0", "x"))?.Name, Is.EqualTo(folder.PathOf("store", "dev", "pmem0")));
    }

    /// <summary>As Linux before 6.9, which EL8 and EL9 have, is asked.</summary>
    [TestCase("ext4", FileSystemStatus.Ext4, FileSystemStatus.Xfs)]
    [TestCase("xfs", FileSystemStatus.Xfs, FileSystemStatus.Ext4)]
    public void Uuid_OfTheSuperblock_IsTheKernels(string type, long magic, long other)
    {
        using var mount = new LoopMount(type);
        var number = LinuxFile.StatusOrNull(mount.Path)!.Value.FileSystem;
        Assert.That(FileSystemUuid.OfSuperblock(magic, number, "/"), Is.EqualTo(host.Find(mount.WriteFile("one"))!.File!.Identity!.FileSystem));
        Assert.That(FileSystemUuid.OfSuperblock(other, number, "/"), Is.Null, "another file system than the mounted one");
        Assert.That(FileSystemUuid.OfSuperblock(magic, "7:999", "/"), Is.Null);

        // The node in /dev is of another device than sysfs says.
        Directory.CreateDirectory(folder.PathOf("sys", "dev", "block"));
        Directory.CreateSymbolicLink(folder.PathOf("sys", "dev", "block", "7:998"), $"/sys/dev/block/{number}");
        Directory.CreateSymbolicLink(folder.PathOf("dev"), "/dev");
        Assert.That(FileSystemUuid.OfSuperblock(magic, "7:998", folder.Path), Is.Null);
    }

    /// <summary>Of two links with a uuid the one to the file system's own device counts.</summary>
    [Test]
    public void Uuid_WhereOnlyUdevKnowsIt_IsThatOfTheDevicesNumber()
    {
        var (own, other) = (Guid.NewGuid(), Guid.NewGuid());
        var node = folder.PathOf("node");
        if (RealProgram.Run("mknod", node, "b", "7", "200").ExitCode != 0)
        {
            RealProgram.Unavailable("Device nodes cannot be made here: needs root");
        }

        Directory.CreateDirectory(folder.PathOf("dev", "disk", "by-uuid"));
        File.CreateSymbolicLink(folder.PathOf("dev", "disk", "by-uuid", $"{own:D}"), node);
        File.CreateSymbolicLink(folder.PathOf("dev", "disk", "by-uuid", $"{other:D}"), "/dev/null");
        File.CreateSymbolicLink(folder.PathOf("dev", "disk", "by-uuid", "8A2B-1C3D"), node);
        Assert.That((FileSystemUuid.OfUdev("7:200", folder.Path), FileSystemUuid.OfUdev("7:201", folder.Path)), Is.EqualTo((own, default(Guid?))));
        Assert.That(FileSystemUuid.OfUdev("7:200", folder.PathOf("nowhere")), Is.Null);
    }

    private static string UuidOf(LoopMount mount)
    {
        var device = RealProgram.Run("findmnt", "-n", "-o", "SOURCE", mount.Path).Output.Trim();
        return RealProgram.Run("blkid", "-p", "-s", "UUID", "-o", "value", device).Output.Trim();
    }

    private DeviceIdentity Identity(string path) => DeviceIdentity.Of(host.Find(path)!);
}
