using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Management;

namespace Nvdimm.Extensions.Engine.Tests.Management;

/// <summary>The file of attachments: its links, its permissions, its older versions.</summary>
public sealed class FileAttachmentRecordsTests
{
    private static readonly AttachedHostDevice Device = new("nvdimm", "namespace0.0", "5f4f7d5a-9a47-4d1e-8d5c-0e6a0ce7b9a1")
    {
        HostId = "h1",
        Details = [new("mode", "fsdax"), new("size", "541065216")],
    };

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Prepare() => folder = new TemporaryFolder();

    [TearDown]
    public void CleanUp() => folder.Dispose();

    [Test]
    public async Task Change_ThroughALink_KeepsLinkAndPermissions()
    {
        var (file, link) = (folder.Write("private/attachments.json", """{"schema":1,"vms":{}}"""), folder.PathOf("link.json"));
        File.CreateSymbolicLink(link, "private/attachments.json");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await new FileAttachmentRecords(link).ChangeAsync("v1", _ => [Device]);
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo("private/attachments.json"));
        Assert.That((await new FileAttachmentRecords(file).ReadAsync())["v1"].Single(), Is.EqualTo(Device));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task Change_ThroughALinkThatLeadsNowhereYet_MakesTheFile()
    {
        var link = folder.PathOf("link.json");
        File.CreateSymbolicLink(link, "attachments.json");
        await new FileAttachmentRecords(link).ChangeAsync("v1", _ => [Device]);
        Assert.That(File.Exists(folder.PathOf("attachments.json")));
        Assert.That((await new FileAttachmentRecords(link).ReadAsync())["v1"].Single(), Is.EqualTo(Device));
    }

    [Test]
    public async Task Change_AfterAnInterruptedOne_IsDone()
    {
        folder.Write("attachments.json.new", "half a fi");
        var records = new FileAttachmentRecords(folder.PathOf("attachments.json"));
        await records.ChangeAsync("v1", _ => [Device]);
        Assert.That((await records.ReadAsync())["v1"].Single(), Is.EqualTo(Device));
        Assert.That(File.Exists(folder.PathOf("attachments.json.new")), Is.False);
    }

    [Test]
    public async Task Schema1_IsReadAndWrittenAsSchema2()
    {
        folder.Write("attachments.json", """{"schema":1,"vms":{"v1":[{"capability":"nvdimm","name":"namespace0.0","identity":null}]}}""");
        var records = new FileAttachmentRecords(folder.PathOf("attachments.json"));
        Assert.That((await records.ReadAsync())["v1"].Single(), Is.EqualTo(new AttachedHostDevice("nvdimm", "namespace0.0")));
        await records.ChangeAsync("v2", _ => [Device]);
        var read = await records.ReadAsync();
        Assert.That(read["v1"].Single(), Is.EqualTo(new AttachedHostDevice("nvdimm", "namespace0.0")));
        Assert.That(read["v2"].Single(), Is.EqualTo(Device));
        Assert.That(await File.ReadAllTextAsync(folder.PathOf("attachments.json")), Does.Contain("\"schema\": 2"));
    }
}
