namespace Nvdimm.Cli.Tests;

public sealed class HostCommandTests
{
    private const string Link = "/usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm";
    private const string Program = "/usr/libexec/nvdimm-extensions/nvdimm-hook";
    private const string Configuration = "/etc/nvdimm-extensions/hook.conf";
    private const string Rules = "/usr/lib/udev/rules.d/70-nvdimm-extensions.rules";
    private const string Records = "/var/lib/nvdimm-extensions";

    private TemporaryFolder folder = null!;

    private string Root => folder.PathOf("root");

    [SetUp]
    public void CreateRoot()
    {
        folder = new TemporaryFolder();
        Directory.CreateDirectory(Root);
        File.WriteAllBytes(folder.PathOf("nvdimm-hook"), [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 2, 3]);
    }

    [TearDown]
    public void RemoveRoot() => folder.Dispose();

    [Test]
    public async Task Install_EmptyHost_PutsEveryPartThere()
    {
        var run = await Install();
        run.AssertStatus(0);
        Assert.That(States(run), Has.All.EqualTo("installed"));
        Assert.That(await File.ReadAllBytesAsync(On(Program)), Is.EqualTo(await File.ReadAllBytesAsync(folder.PathOf("nvdimm-hook"))));
        Assert.That(File.GetUnixFileMode(On(Program)), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
        Assert.That(Directory.EnumerateFiles(On("/usr/libexec/vdsm/hooks"), "*", SearchOption.AllDirectories).Count(), Is.EqualTo(9));
        Assert.That(File.ResolveLinkTarget(On(Link), returnFinalTarget: true)!.FullName, Is.EqualTo(On(Program)));
        Assert.That(File.GetUnixFileMode(On(Records)) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite), Is.EqualTo(UnixFileMode.None));
    }

    [Test]
    public async Task Install_Twice_ChangesNothing()
    {
        (await Install()).AssertStatus(0);
        var before = Times();
        var again = await Install();
        again.AssertStatus(0);
        Assert.That(States(again), Has.All.EqualTo("present"));
        Assert.That(Times(), Is.EqualTo(before));
    }

    [Test]
    public async Task Install_NewerProgram_ReplacesItAndKeepsTheConfiguration()
    {
        (await Install()).AssertStatus(0);
        await File.AppendAllTextAsync(On(Configuration), "# ours\n");
        await File.AppendAllTextAsync(folder.PathOf("nvdimm-hook"), "newer");
        var run = await Install();
        run.AssertStatus(0);
        Assert.That((StateOf(run, Program), StateOf(run, Configuration), StateOf(run, Link)), Is.EqualTo(("updated", "kept", "present")));
        Assert.That(await File.ReadAllTextAsync(On(Configuration)), Does.EndWith("# ours\n"));
        Assert.That(await File.ReadAllBytesAsync(On(Program)), Is.EqualTo(await File.ReadAllBytesAsync(folder.PathOf("nvdimm-hook"))));
    }

    [Test]
    public async Task Install_SomethingElseInTheWay_ChangesNothing()
    {
        folder.Write("root" + Link, "#!/bin/sh\n");
        var run = await Install();
        run.AssertStatus(ExitStatus.Refused);
        Assert.That((StateOf(run, Link), StateOf(run, Program)), Is.EqualTo(("foreign", "missing")));
        Assert.That((await File.ReadAllTextAsync(On(Link)), File.Exists(On(Program))), Is.EqualTo(("#!/bin/sh\n", false)));
    }

    [TestCase(Link)]
    [TestCase(Configuration)]
    public async Task Install_LinkToElsewhere_IsForeign(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(On(path))!);
        File.CreateSymbolicLink(On(path), "/bin/true");
        var run = await Install();
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(StateOf(run, path), Is.EqualTo("foreign"));
    }

    [Test]
    public async Task Install_HostWithVdsm_GivesTheRecordsToIt()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Only root gives folders to others.");
        }

        folder.Write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nvdsm:x:36:36:VDSM:/var/lib/vdsm:/sbin/nologin\n");
        folder.Write("root/etc/group", "root:x:0:\nkvm:x:78:qemu,vdsm\n");
        (await Install()).AssertStatus(0);
        var owner = Installation.FileOwner.Of(On(Records));
        Assert.That((owner.User, owner.Group), Is.EqualTo((36u, 78u)));

        new Installation.FileOwner(0, 0).Own(On(Records));
        var run = await Host("status");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(StateOf(run, Records), Is.EqualTo("differs"));
        Assert.That(StateOf(await Install(), Records), Is.EqualTo("updated"));
    }

    [Test]
    public void StateFolders_AreThoseOfTheRulesForTmpfiles() => Assert.That(
        File.ReadLines(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Hook", "nvdimm-extensions.tmpfiles.conf"))
            .Where(line => line.StartsWith("d ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]),
        Is.EqualTo(Installation.HookTree.StateFolders));

    [Test]
    public async Task Status_NothingThere_IsRefused()
    {
        var run = await Host("status");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(States(run), Has.All.EqualTo("missing"));
        Assert.That((bool)run.Json["good"]!, Is.False);
    }

    [Test]
    public async Task Status_Installed_IsGood()
    {
        (await Install()).AssertStatus(0);
        (await Host("status")).AssertStatus(0);
    }

    [Test]
    public async Task Status_RulesOfAnotherVersion_Differ()
    {
        (await Install()).AssertStatus(0);
        await File.WriteAllTextAsync(On(Rules), "");
        var run = await Host("status");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(StateOf(run, Rules), Is.EqualTo("differs"));
    }

    [Test]
    public async Task Uninstall_LeavesTheRecordsAndWhatIsNotOurs()
    {
        (await Install()).AssertStatus(0);
        folder.Write("root" + Records + "/layouts/record.json", "{}");
        folder.Write("root/usr/libexec/vdsm/hooks/before_vm_start/50_other", "#!/bin/sh\n");
        var run = await Host("uninstall");
        run.AssertStatus(0);
        Assert.That(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => path[Root.Length..]),
            Is.EquivalentTo([Records + "/layouts/record.json", "/usr/libexec/vdsm/hooks/before_vm_start/50_other"]));
        Assert.That(Directory.Exists(Path.GetDirectoryName(On(Program))), Is.False);
        (await Host("uninstall")).AssertStatus(0);
    }

    [Test]
    public async Task Uninstall_ChangedConfiguration_Stays()
    {
        (await Install()).AssertStatus(0);
        await File.AppendAllTextAsync(On(Configuration), "# ours\n");
        var run = await Host("uninstall");
        run.AssertStatus(0);
        Assert.That((StateOf(run, Configuration), File.Exists(On(Configuration))), Is.EqualTo(("kept", true)));
    }

    [Test]
    public async Task Install_NoProgram_IsBadInput()
    {
        await File.WriteAllTextAsync(folder.PathOf("nvdimm-hook"), "#!/bin/sh\n");
        var run = await Install();
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Error, Does.Contain("is no Linux program."));
        (await ToolRun.Of("host", "install", "--root", Root, "--hook", folder.PathOf("none"))).AssertStatus(ExitStatus.BadInput);
        (await ToolRun.Of("host", "status", "--root", folder.PathOf("none"))).AssertStatus(ExitStatus.BadInput);
    }

    [Test]
    public async Task Install_ForPeople_IsATable()
    {
        var run = await ToolRun.Of("host", "install", "--root", Root, "--hook", folder.PathOf("nvdimm-hook"));
        run.AssertStatus(0);
        run.AssertGolden("host-install.txt");
    }

    private static string[] States(ToolRun run) => [.. run.Json["parts"]!.Select(part => (string)part["state"]!)];

    private static string StateOf(ToolRun run, string path) => (string)run.Json["parts"]!.Single(part => (string?)part["path"] == path)["state"]!;

    private Task<ToolRun> Install() => ToolRun.Of("host", "install", "--root", Root, "--hook", folder.PathOf("nvdimm-hook"), "--json");

    private Task<ToolRun> Host(string command) => ToolRun.Of("host", command, "--root", Root, "--json");

    private string On(string path) => Root + path;

    private Dictionary<string, DateTime> Times() => Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, File.GetLastWriteTimeUtc, StringComparer.Ordinal);
}
