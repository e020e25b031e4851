using Nvdimm.Extensions.Host.Devices;


namespace Nvdimm.Extensions.Host.Tests.Devices;

public sealed class SharedStorageTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Files_AreTheSame_UnderEveryName()
    {
        var (file, other) = (folder.Write("one", "x"), folder.Write("two", "x"));
        File.CreateSymbolicLink(folder.PathOf("link"), "one");
        Assert.That(RealProgram.Run("ln", file, folder.PathOf("hard")).ExitCode, Is.Zero);
        foreach (var name in new[] { file, folder.PathOf("link"), folder.PathOf("hard"), $"{folder.Path}//./one" })
        {
            Assert.That((Between(file, name), Between(name, file)), Is.EqualTo((StorageOverlap.Same, StorageOverlap.Same)), name);
            Assert.That(Between(name, other), Is.EqualTo(StorageOverlap.None), name);
        }

        foreach (var nothing in new[] { folder.PathOf("nothing"), folder.PathOf("one", "inside"), "" })
        {
            StorageOverlap[] overlaps = [Between(file, nothing), Between(nothing, file), Between(nothing, nothing)];
            Assert.That(overlaps, Is.All.EqualTo(StorageOverlap.None), nothing);
        }
    }

    [Test]
    public void ALinkToItself_CannotBeLookedAt()
    {
        File.CreateSymbolicLink(folder.PathOf("loop"), "loop");
        Assert.That(() => Between(folder.PathOf("loop"), folder.Write("one", "x")), Throws.InstanceOf<IOException>());
        Assert.That(() => Between(null!, "x"), Throws.ArgumentNullException);
        Assert.That(() => Between("x", null!), Throws.ArgumentNullException);
    }

    /// <summary>
    /// A disk 7:200 with two partitions, a volume 7:210 on the second, a volume 7:211 on that, and a disk 7:220 beside it. The nodes are real,
    /// which needs root; what lies on what is a made sysfs.
    /// </summary>
    [TestCase("disk", "disk", StorageOverlap.Same)]
    [TestCase("disk", "another-node", StorageOverlap.Same)]
    [TestCase("part1", "disk", StorageOverlap.Inside)]
    [TestCase("disk", "part1", StorageOverlap.Around)]
    [TestCase("part1", "part2", StorageOverlap.None)]
    [TestCase("volume", "part2", StorageOverlap.Inside)]
    [TestCase("volume", "part1", StorageOverlap.None)]
    [TestCase("upper", "disk", StorageOverlap.Inside)]
    [TestCase("upper", "part2", StorageOverlap.Inside)]
    [TestCase("part2", "upper", StorageOverlap.Around)]
    [TestCase("upper", "part1", StorageOverlap.None)]
    [TestCase("upper", "beside", StorageOverlap.None)]
    [TestCase("disk", "character", StorageOverlap.None)]
    [TestCase("character", "character", StorageOverlap.Same)]
    [TestCase("mirror1", "mirror2", StorageOverlap.Inside)]
    public void BlockDevices(string path, string other, object overlap)
    {
        Block("disk", "7:200", "block/sda");
        Block("part1", "7:201", "block/sda/sda1", isPartition: true);
        Block("part2", "7:202", "block/sda/sda2", isPartition: true);
        Block("volume", "7:210", "block/dm-0", slaves: "block/sda/sda2");
        Block("upper", "7:211", "block/dm-1", slaves: "block/dm-0");
        Block("beside", "7:220", "block/sdb");
        Node("another-node", "b", "7:200");
        Node("character", "c", "7:200");

        // No kernel has these two; a reader must come to an end all the same.
        Block("mirror1", "7:230", "block/md1", slaves: "block/md2");
        Block("mirror2", "7:231", "block/md2", slaves: "block/md1");
        Assert.That(new SharedStorage(folder.Path).Between(folder.PathOf("nodes", path), folder.PathOf("nodes", other)), Is.EqualTo(overlap));
    }

    /// <summary>A real file system in a file, and a loop device on a file of it. Needs root.</summary>
    [Test]
    public void RealLoopDevices_AreOnTheirFiles()
    {
        using var mount = new LoopMount("ext4");
        var (file, other) = (mount.WriteFile("one"), mount.WriteFile("two"));
        var below = RealProgram.Run("findmnt", "-n", "-o", "SOURCE", mount.Path).Output.Trim();
        var loop = RealProgram.Run("losetup", "--show", "-f", file).Output.Trim();
        try
        {
            Assert.That((Between(loop, file), Between(file, loop)), Is.EqualTo((StorageOverlap.Inside, StorageOverlap.Around)), "a loop device on a file");
            Assert.That((Between(file, below), Between(below, file)), Is.EqualTo((StorageOverlap.Inside, StorageOverlap.Around)), "a file in a file system");
            Assert.That((Between(loop, below), Between(below, loop)), Is.EqualTo((StorageOverlap.Inside, StorageOverlap.Around)), "both");
            Assert.That((Between(file, other), Between(loop, other)), Is.EqualTo((StorageOverlap.None, StorageOverlap.None)), "two files of one file system");
            var image = File.ReadAllText($"/sys/block/{Path.GetFileName(below)}/loop/backing_file").Trim();
            Assert.That(Between(loop, image), Is.EqualTo(StorageOverlap.Inside), "the file under it all");
        }
        finally
        {
            RealProgram.Run("losetup", "-d", loop);
        }
    }

    private static StorageOverlap Between(string path, string other) => new SharedStorage().Between(path, other);

    private void Block(string node, string number, string place, bool isPartition = false, string? slaves = null)
    {
        folder.Write($"sys/{place}/dev", $"{number}\n");
        if (isPartition)
        {
            folder.Write($"sys/{place}/partition", "1\n");
        }

        if (slaves is not null)
        {
            Directory.CreateDirectory(folder.PathOf("sys", place, "slaves"));
            Directory.CreateSymbolicLink(folder.PathOf("sys", place, "slaves", Path.GetFileName(slaves)), folder.PathOf("sys", slaves));
        }

        Directory.CreateDirectory(folder.PathOf("sys", "dev", "block"));
        Directory.CreateSymbolicLink(folder.PathOf("sys", "dev", "block", number), folder.PathOf("sys", place));
        Node(node, "b", number);
    }

    private void Node(string node, string kind, string number)
    {
        Directory.CreateDirectory(folder.PathOf("nodes"));
        if (RealProgram.Run("mknod", [folder.PathOf("nodes", node), kind, .. number.Split(':')]).ExitCode != 0)
        {
            RealProgram.Unavailable("Device nodes cannot be made here: needs root");
        }
    }
}
