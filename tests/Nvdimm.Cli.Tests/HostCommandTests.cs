using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Tests;

public sealed class HostCommandTests
{
    private const string Link = "/usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm";
    private const string Program = "/usr/libexec/nvdimm-extensions/nvdimm-hook";
    private const string Configuration = "/etc/nvdimm-extensions/hook.conf";
    private const string Rules = "/usr/lib/udev/rules.d/70-nvdimm-extensions.rules";
    private const string Records = "/var/lib/nvdimm-extensions";
    private static readonly string Marker = $"{Records}/host-{MachineId.Of()}";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Open = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private TemporaryFolder folder = null!;

    private string Root => folder.PathOf("root");

    [SetUp]
    public void CreateRoot()
    {
        folder = new TemporaryFolder();

        // VDSM's user has to get to its folder.
        File.SetUnixFileMode(folder.Path, Open);
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
        Assert.That(File.GetUnixFileMode(On(Program)), Is.EqualTo(Open));
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
            RealProgram.Unavailable("Only root gives folders to others.");
        }

        folder.Write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nvdsm:x:36:36:VDSM:/var/lib/vdsm:/sbin/nologin\n");
        folder.Write("root/etc/group", "root:x:0:\nkvm:x:78:qemu,vdsm\n");
        (await Install()).AssertStatus(0);
        var owner = Installation.FileRights.Of(On(Records)).Owner;
        Assert.That((owner.User, owner.Group), Is.EqualTo((36u, 78u)));

        new Installation.FileOwner(0, 0).Own(On(Records));
        var run = await Host("status");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(StateOf(run, Records), Is.EqualTo("differs"));
        Assert.That(StateOf(await Install(), Records), Is.EqualTo("updated"));

        File.SetUnixFileMode(On(Records + "/claims"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        run = await Host("status");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(NotPresent(run), Is.EqualTo([Records + "/claims"]));
        (await Install()).AssertStatus(0);
        Assert.That(File.GetUnixFileMode(On(Records + "/claims")), Is.EqualTo(Open));
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

    /// <summary>A state folder that was lost and made again has no marker (trials/guard.md 11).</summary>
    [Test]
    public async Task Status_StateFolderWithoutMarker_Differs_AndInstallMarksIt()
    {
        (await Install()).AssertStatus(0);
        File.Delete(On(Marker));
        var run = await Host("status");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(StateOf(run, Records), Is.EqualTo("differs"));
        Assert.That(run.Output, Does.Contain("restore them from a backup first"));
        Assert.That(StateOf(await Install(), Records), Is.EqualTo("updated"));
        Assert.That(File.Exists(On(Marker)), Is.True);
        (await Host("status")).AssertStatus(0);
    }

    /// <summary>An image has no machine id before its first boot: that the marker is not the host's is said, with what to do.</summary>
    [TestCase(null, true)]
    [TestCase("", true)]
    [TestCase("uninitialized\n", true)]
    [TestCase("0123456789abcdef0123456789abcdef\n", false)]
    public async Task Install_RootWithoutMachineId_SaysWhatToRunAfterTheFirstBoot(string? id, bool isSaid)
    {
        if (id is not null)
        {
            folder.Write("root/etc/machine-id", id);
        }

        var run = await Install();
        run.AssertStatus(0);
        var detail = (string?)run.Json["parts"]!.Single(part => (string?)part["path"] == Records)["detail"];
        Assert.That(detail?.Contains("Run 'nvdimm layout adopt' after its first boot", StringComparison.Ordinal) == true, Is.EqualTo(isSaid), detail);
        Assert.That(File.Exists(On($"{Records}/host-{(isSaid ? MachineId.Of() : id!.Trim())}")), Is.True);
    }

    /// <summary>VDSM passes over a script in a folder that it may not list, and the VM starts unchecked.</summary>
    [Test]
    public async Task Install_UnderTheUmaskOfAHardenedRoot_IsOpenToVdsm()
    {
        var (status, output, error) = RealProgram.Run(
            "/bin/sh", "-c", "umask 077; exec dotnet \"$0\" host install --root \"$1\" --hook \"$2\"", typeof(NvdimmTool).Assembly.Location, Root, folder.PathOf("nvdimm-hook"));
        Assert.That(status, Is.Zero, output + error);
        var modes = new DirectoryInfo(Root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(entry => entry.LinkTarget is null)
            .ToLookup(entry => entry is DirectoryInfo, entry => entry.UnixFileMode);
        Assert.That(modes[true], Is.Not.Empty.And.All.EqualTo(Open));
        Assert.That(modes[false], Is.EquivalentTo([Open, Readable, Readable, Readable, Readable]));
        (await Host("status")).AssertStatus(0);
        AssertRunAsAnother("test", "-r", On(Configuration), "-a", "-x", On(Link), "-a", "-r", Path.GetDirectoryName(On(Link))!);
    }

    [TestCase("/etc/nvdimm-extensions", Configuration)]
    [TestCase("/usr/libexec/nvdimm-extensions", Program)]
    [TestCase("/usr/libexec/vdsm/hooks/before_vm_start", Link)]
    public async Task Status_FolderClosedToVdsm_Differs_AndInstallOpensIt(string closed, string part)
    {
        (await Install()).AssertStatus(0);
        File.SetUnixFileMode(On(closed), Closed);
        var run = await Host("status");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(NotPresent(run), Is.EqualTo([part]));
        Assert.That(DetailOf(run, part), Is.EqualTo($"{closed} is closed to the user vdsm: chmod 755 opens it."));
        var mended = await Install();
        mended.AssertStatus(0);
        Assert.That((NotPresent(mended), StateOf(mended, part), File.GetUnixFileMode(On(closed))), Is.EqualTo((new[] { part }, "updated", Open)));
        (await Host("status")).AssertStatus(0);
    }

    /// <summary>VDSM lists the folder of a point; to know the name of a script is not enough.</summary>
    [Test]
    public async Task Status_FolderOfAPointThatCannotBeListed_Differs()
    {
        (await Install()).AssertStatus(0);
        File.SetUnixFileMode(Path.GetDirectoryName(On(Link))!, Closed | UnixFileMode.OtherExecute);
        Assert.That(NotPresent(await Host("status")), Is.EqualTo([Link]));
        File.SetUnixFileMode(Path.GetDirectoryName(On(Program))!, Closed | UnixFileMode.OtherExecute);
        Assert.That(NotPresent(await Host("status")), Is.EqualTo([Link]), "to run a program its folder need not be listed");
    }

    [Test]
    public async Task Install_FolderOfOthersThatIsClosed_StaysAndIsSaid()
    {
        var hooks = On("/usr/libexec/vdsm/hooks");
        (await Install()).AssertStatus(0);
        folder.Write("root/usr/libexec/vdsm/hooks/before_vm_start/50_other", "#!/bin/sh\n");
        File.SetUnixFileMode(Path.GetDirectoryName(On(Link))!, Closed);
        File.Delete(On(Link));
        var run = await Install();
        run.AssertStatus(ExitStatus.Refused);
        Assert.That((StateOf(run, Link), DetailOf(run, Link)), Is.EqualTo(("differs", "/usr/libexec/vdsm/hooks/before_vm_start is closed to the user vdsm: chmod 755 opens it.")));
        Assert.That((File.GetUnixFileMode(Path.GetDirectoryName(On(Link))!), new FileInfo(On(Link)).LinkTarget is null), Is.EqualTo((Closed, false)), "it is there as soon as the folder is open");
        File.SetUnixFileMode(hooks, Closed);
        run = await Install();
        run.AssertStatus(ExitStatus.Refused);
        Assert.That((NotPresent(run).Length, File.GetUnixFileMode(hooks)), Is.EqualTo((9, Closed)));
    }

    [TestCase("# ours\n", "kept")]
    [TestCase("", "removed")]
    public async Task Configuration_ThatVdsmMayNotRead_IsSaidAndNeverChanged(string added, string atTheEnd)
    {
        (await Install()).AssertStatus(0);
        await File.AppendAllTextAsync(On(Configuration), added);
        File.SetUnixFileMode(On(Configuration), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var run = await Host("status");
        run.AssertStatus(ExitStatus.Refused);
        Assert.That((NotPresent(run).Single(), DetailOf(run, Configuration)), Is.EqualTo((Configuration, "The user vdsm may not read it.")));
        var text = await File.ReadAllTextAsync(On(Configuration));
        run = await Install();
        run.AssertStatus(ExitStatus.Refused);
        Assert.That((StateOf(run, Configuration), File.GetUnixFileMode(On(Configuration))), Is.EqualTo(("differs", UnixFileMode.UserRead | UnixFileMode.UserWrite)));
        Assert.That(await File.ReadAllTextAsync(On(Configuration)), Is.EqualTo(text));
        Assert.That(StateOf(await Host("uninstall"), Configuration), Is.EqualTo(atTheEnd));
    }

    /// <summary>The kernel asks one set of rights only: those of the owner, else those of the group, else those of others.</summary>
    [TestCase(UnixFileMode.GroupRead, 0u, 78u, true)]
    [TestCase(UnixFileMode.GroupRead, 0u, 0u, false)]
    [TestCase(UnixFileMode.UserRead, 36u, 0u, true)]
    [TestCase(UnixFileMode.OtherRead, 36u, 0u, false)]
    [TestCase(UnixFileMode.OtherRead, 0u, 78u, false)]
    [TestCase(UnixFileMode.OtherRead, 0u, 0u, true)]
    public void Rights_AreThoseOfOwnerGroupOrOthers(UnixFileMode mode, uint user, uint group, bool isAllowed) => Assert.That(
        new Installation.FileRights(new Installation.FileOwner(user, group), mode).Allow(new Installation.FileOwner(36, 78), UnixFileMode.OtherRead), Is.EqualTo(isAllowed));

    [Test]
    public async Task Uninstall_LinkInAClosedFolder_IsRemoved()
    {
        (await Install()).AssertStatus(0);
        File.SetUnixFileMode(Path.GetDirectoryName(On(Link))!, Closed);
        var run = await Host("uninstall");
        run.AssertStatus(0);
        Assert.That((StateOf(run, Link), new FileInfo(On(Link)).LinkTarget), Is.EqualTo(("removed", (string?)null)));
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
            Is.EquivalentTo([Marker, Records + "/layouts/record.json", "/usr/libexec/vdsm/hooks/before_vm_start/50_other"]));
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

    private static string? DetailOf(ToolRun run, string path) => (string?)run.Json["parts"]!.Single(part => (string?)part["path"] == path)["detail"];

    private static string[] NotPresent(ToolRun run) => [.. run.Json["parts"]!.Where(part => (string?)part["state"] != "present").Select(part => (string)part["path"]!)];

    /// <summary>Whether a user who is neither root nor the owner, as VDSM's, gets to something; only root can ask.</summary>
    private void AssertRunAsAnother(params string[] command)
    {
        if (Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(folder.Path, Open);
            File.SetUnixFileMode(Root, Open);
            Assert.That(RealProgram.Run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", .. command]).ExitCode, Is.Zero, string.Join(' ', command));
        }
    }

    private Task<ToolRun> Install() => ToolRun.Of("host", "install", "--root", Root, "--hook", folder.PathOf("nvdimm-hook"), "--json");

    private Task<ToolRun> Host(string command) => ToolRun.Of("host", command, "--root", Root, "--json");

    private string On(string path) => Root + path;

    private Dictionary<string, DateTime> Times() => Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, File.GetLastWriteTimeUtc, StringComparer.Ordinal);
}
