using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Tests.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Native;

/// <summary>Who may use what was made: the hooks run as another user than the tool.</summary>
public sealed class DurableFilesTests
{
    /// <summary>Any user that is not root.</summary>
    private const string Other = "65534:65533";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("077")]
    [TestCase("0")]
    public void Files_ButNoLocks_AreForEverybody_WhateverTheUmask(string umask)
    {
        Use(umask);
        var modes = Made().Where(path => File.ResolveLinkTarget(path, returnFinalTarget: false) is null && Path.GetFileName(path) != ".lock").ToLookup(path => Directory.Exists(path), path => Stat("%a", path));
        Assert.That(modes[true].Distinct(StringComparer.Ordinal), Is.EqualTo(["755"]));
        Assert.That(modes[false].Distinct(StringComparer.Ordinal), Is.EqualTo(["644"]));
        Assert.That(Made().Select(Path.GetFileName), Is.SupersetOf([".lock", $"{Samples.Identity()}.json", "claims"]).And.None.EndsWith(".nvdimm-tmp"));
        var locks = Made().Where(path => Path.GetFileName(path) == ".lock").Select(path => Stat("%a", path));
        Assert.That(locks, Is.EqualTo(["600", "600"]), "of the records, and of the claims");
    }

    [Test]
    public void FilesOfRoot_BelongToWhomTheirFolderDoes()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            RealProgram.Unavailable("Only root gives files to others");
        }

        Assert.That(RealProgram.Run("chown", Other, folder.Path).ExitCode, Is.Zero);
        Use("077");
        Assert.That(Made().Where(path => File.ResolveLinkTarget(path, returnFinalTarget: false) is null).Select(path => Stat("%u:%g", path)).Distinct(StringComparer.Ordinal), Is.EqualTo([Other]));
    }

    /// <summary>A second lock under the same name would let two writers in.</summary>
    [Test]
    public void CreateEmpty_WhereAnotherWriterWasFaster_LeavesHisFile()
    {
        var path = folder.PathOf(".lock");
        DurableFiles.CreateEmpty(path);
        var inode = Stat("%i", path);
        DurableFiles.CreateEmpty(path);
        Assert.That((Stat("%i", path), Stat("%h", path)), Is.EqualTo((inode, "1")));
        Assert.That(Made(), Is.EqualTo([path]));
    }

    [Test]
    public void CreateFolder_WhereAFileOrALinkToNothingIs_Fails()
    {
        var (file, link) = (folder.Write("file", ""), folder.PathOf("link"));
        File.CreateSymbolicLink(link, "/nothing/here");
        foreach (var bad in new[] { file, link, Path.Combine(file, "below") })
        {
            Assert.That(() => DurableFiles.CreateFolder(bad), Throws.InstanceOf<IOException>().With.Message.Contains(bad == link ? link : file), bad);
        }
    }

    /// <summary>A name leads to bytes that are on the disk: none is given before all are synced.</summary>
    [Test]
    public void AddAll_GivesNoNameBeforeAllAreWritten()
    {
        var names = new List<string?>();
        DurableFiles.AddAll(folder.Path, Files());
        Assert.That(names, Is.EqualTo(["a.json.nvdimm-tmp"]));
        Assert.That(Made().Select(Path.GetFileName), Is.EquivalentTo(["a.json", "b.json"]));
        Assert.That(File.ReadAllText(folder.PathOf("b.json")), Is.EqualTo("2"));
        Assert.That(() => DurableFiles.AddAll(folder.Path, [("c.json", [1]), ("b.json", [3])]), Throws.InstanceOf<IOException>());
        Assert.That(Made().Select(Path.GetFileName), Is.EquivalentTo(["a.json", "b.json", "c.json"]), "no leftovers");
        Assert.That(File.ReadAllText(folder.PathOf("b.json")), Is.EqualTo("2"));

        IEnumerable<(string Name, byte[] Bytes)> Files()
        {
            yield return ("a.json", "1"u8.ToArray());
            names.AddRange(Made().Select(Path.GetFileName));
            yield return ("b.json", "2"u8.ToArray());
        }
    }

    [TestCase(0)]
    [TestCase(4096)]
    [TestCase(300_001)]
    public void SmallFile_GivesAllBytes(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(at => (byte)(at % 251)).ToArray();
        File.WriteAllBytes(folder.PathOf("large"), bytes);
        Assert.That(SmallFile.BytesOrNull(folder.PathOf("large")), Is.EqualTo(bytes));
    }

    /// <summary>What somebody has linked to is not written over by root.</summary>
    [Test]
    public void Write_DoesNotFollowALinkInPlaceOfTheTemporaryFile()
    {
        var target = folder.Write("target", "years of work");
        File.CreateSymbolicLink(folder.PathOf("record.json.nvdimm-tmp"), target);
        Assert.That(() => DurableFiles.Write(folder.PathOf("record.json"), "{}"), Throws.InstanceOf<IOException>());
        Assert.That(File.ReadAllText(target), Is.EqualTo("years of work"));
        DurableFiles.Write(folder.PathOf("record.json"), "{}");
        Assert.That(File.ReadAllText(folder.PathOf("record.json")), Is.EqualTo("{}"));
    }

    private static string Stat(string format, string path) => RealProgram.Run("stat", "--format", format, path).Output.Trim();

    private void Use(string umask)
    {
        var (status, output, error) = ChildProcess.RunUnder(umask, "use", folder.PathOf("var", "ledger"));
        Assert.That(status, Is.Zero, output + error);
    }

    private string[] Made() => Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories);
}
