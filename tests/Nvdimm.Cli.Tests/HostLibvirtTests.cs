using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Cli.Tests;

/// <summary>libvirt's hook on a host: <c>nvdimm host … --for libvirt</c>, and the permission of a restore.</summary>
public sealed class HostLibvirtTests
{
    private const string Link = "/etc/libvirt/hooks/qemu.d/50-nvdimm";
    private const string OldLink = "/etc/libvirt/hooks/qemu";
    private const string Program = "/usr/bin/nvdimm-hook";
    private const string VdsmProgram = "/usr/libexec/nvdimm-extensions/nvdimm-hook";
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
    public async Task Install_PutsProgramFolderAndLinkThere_AndNothingOfVdsm()
    {
        var run = await Install();
        run.AssertStatus(ExitStatus.Good);
        Assert.That(Parts(run), Is.EquivalentTo(new[] { (Program, "installed"), (Records, "installed"), (Link, "installed") }));
        Assert.That(File.ResolveLinkTarget(On(Link), returnFinalTarget: true)!.FullName, Is.EqualTo(On(Program)));
        Assert.That(File.Exists(On($"{Records}/host-{MachineId.Of(Root)}")), Is.True);
        Assert.That(Directory.Exists(On("/usr/libexec")), Is.False);
        Assert.That(Parts(await Install()).Select(part => part.State), Has.All.EqualTo("present"));
        Assert.That(run.Error, Is.Empty);
    }

    /// <summary>libvirt before 6.5 knows one script only.</summary>
    [TestCase("usr/lib64/libvirt.so.0.6000.0", OldLink)]
    [TestCase("usr/lib/x86_64-linux-gnu/libvirt.so.0.6005.0", Link)]
    [TestCase("usr/lib/x86_64-linux-gnu/libvirt.so.0.9000.0", Link)]
    public async Task Install_OnAnOldLibvirt_IsTheOnlyScript(string library, string link)
    {
        folder.Write($"root/{library}", "");
        folder.Write($"root/{Path.GetDirectoryName(library)}/libvirt.so.0", "");
        Assert.That(Parts(await Install()), Does.Contain((link, "installed")));
    }

    [TestCase("usr/lib64/libvirt.so.0.6000.0", OldLink)]
    [TestCase("usr/lib64/libvirt.so.0.9000.0", Link)]
    public async Task Install_NeverReplacesAnothersScript(string library, string link)
    {
        folder.Write($"root/{library}", "");
        folder.Write("root" + link, "#!/bin/sh\n");
        var run = await Install();
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(Parts(run), Does.Contain((link, "foreign")).And.Contain((Program, "missing")));
        Assert.That(await File.ReadAllTextAsync(On(link)), Is.EqualTo("#!/bin/sh\n"));
    }

    /// <summary>libvirt passes over a hook without its run bit without a word.</summary>
    [Test]
    public async Task Status_SaysThatTheRunBitIsMissing()
    {
        (await Install()).AssertStatus(ExitStatus.Good);
        (await Status()).AssertStatus(ExitStatus.Good);
        File.SetUnixFileMode(On(Program), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var run = await Status();
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(Parts(run), Does.Contain((Program, "differs")));
        Assert.That(run.Output, Does.Contain("Its permissions are others.").And.Contain($"nvdimm host install --root {Root} --for libvirt"));
        (await Install()).AssertStatus(ExitStatus.Good);
        (await Status()).AssertStatus(ExitStatus.Good);
    }

    /// <summary>Without a name status and removal are about all that is installed.</summary>
    [Test]
    public async Task BothCallers_AreShownAndRemovedTogether()
    {
        (await Install()).AssertStatus(ExitStatus.Good);
        (await ToolRun.Of("host", "install", "--root", Root, "--hook", folder.PathOf("nvdimm-hook"), "--json")).AssertStatus(ExitStatus.Good);
        var status = await Status();
        status.AssertStatus(ExitStatus.Good);
        Assert.That(Parts(status).Select(part => part.Path), Does.Contain(Program).And.Contain(VdsmProgram).And.Contain(Link).And.Unique);
        var shown = await ToolRun.Of("host", "status", "--root", Root);
        Assert.That(shown.Output, Does.Contain("The hooks are installed and complete.").And.Contain("The hooks of libvirt are installed and complete."));
        (await ToolRun.Of("host", "uninstall", "--root", Root)).AssertStatus(ExitStatus.Good);
        Assert.That((File.Exists(On(Program)), File.Exists(On(VdsmProgram)), File.Exists(On(Link))), Is.EqualTo((false, false, false)));
        Assert.That(Directory.Exists(On(Records)), Is.True, "the records stay");
    }

    [Test]
    public async Task PermissionOfARestore_IsInTheStateFolder()
    {
        (await Install()).AssertStatus(ExitStatus.Good);
        var run = await ToolRun.Of("layout", "allow-restore", "database", "--state-folder", On(Records), "--json");
        run.AssertStatus(ExitStatus.Good);
        Assert.That((string?)run.Json["domain"], Is.EqualTo("database"));
        var restores = Directory.GetFileSystemEntries(On($"{Records}/restores/{MachineId.Of()}"), "*.restore");
        Assert.That(restores, Has.Length.EqualTo(1), "what it permits is tested with the hook");
    }

    [Test]
    public async Task PermissionOfARestore_WithoutStateFolder_Fails() =>
        (await ToolRun.Of("layout", "allow-restore", "database", "--state-folder", On(Records))).AssertStatus(ExitStatus.Failed);

    private Task<ToolRun> Install() =>
        ToolRun.Of("host", "install", "--for", "libvirt", "--root", Root, "--hook", folder.PathOf("nvdimm-hook"), "--json");

    private Task<ToolRun> Status() => ToolRun.Of("host", "status", "--root", Root, "--json");

    private static IEnumerable<(string Path, string State)> Parts(ToolRun run) =>
        run.Json["parts"]!.Select(part => ((string)part["path"]!, (string)part["state"]!));

    private string On(string path) => Root + path;
}
