using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Tests.Native;

public sealed class SmallFolderTests
{
    [Test]
    public void Names_AreThoseOfTheSystem_InOrdinalOrder()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["b.json", "a.json", "B.json", ".hidden", "ünï", new('x', 255), "with blank", .. Enumerable.Range(0, 2000).Select(number => $"many-{number}")];
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(folder.Path, name), "");
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "folder.json"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.json"), "nowhere");
        Assert.That(SmallFolder.Names(folder.Path), Is.EqualTo(Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        Assert.That(SmallFolder.Names(folder.Path, end: ".json"), Is.EqualTo(["B.json", "a.json", "b.json", "folder.json", "link.json"]));
        Assert.That(SmallFolder.Names(folder.Path, start: "many-199", end: "9"), Is.EqualTo(["many-199", "many-1999"]));
        Assert.That(SmallFolder.Names("/proc/self"), Is.SupersetOf(["cmdline", "fd", "stat"]));
        Assert.That(SmallFolder.Names("/sys"), Is.SupersetOf(["block", "bus", "devices"]));
    }

    [Test]
    public void NoFolder_IsAnAnswer_AndWhatIsNoneIsNot()
    {
        using var folder = new TemporaryFolder();
        var (missing, file) = (Path.Combine(folder.Path, "missing"), Path.Combine(folder.Path, "file"));
        File.WriteAllText(file, "");
        Assert.That(SmallFolder.NamesOrNull(missing), Is.Null);
        Assert.That(SmallFolder.NamesOrNull(folder.Path), Is.EqualTo(["file"]));
        Assert.That(() => SmallFolder.Names(missing), Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains(missing));
        Assert.That(() => SmallFolder.NamesOrNull(file), Throws.InstanceOf<IOException>().With.Message.Contains(file).And.Message.Contains("Not a directory"));
    }
}
