namespace Nvdimm.Cli.Tests;

/// <summary>What <c>nvdimm host status</c> says to an administrator.</summary>
public sealed class HostStatusTests
{
    private const string Link = "/usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm";
    private const string Program = "/usr/libexec/nvdimm-extensions/nvdimm-hook";
    private const string Configuration = "/etc/nvdimm-extensions/hook.conf";

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
    public async Task Status_NothingThere_IsOneSentenceAndTheCommand()
    {
        var run = await ToolRun.Of("host", "status", "--root", Root);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Is.EqualTo($"The hooks are not installed on this host. Install them:\n  nvdimm host install --root {Root}\n"));
    }

    [Test]
    public async Task Status_ForPeople_SaysFirstHowItIs_AndEveryPartOnDemand()
    {
        (await Install()).AssertStatus(0);
        var run = await ToolRun.Of("host", "status", "--root", Root);
        run.AssertStatus(0);
        Assert.That(run.Output, Is.EqualTo("""
            The hooks are installed and complete. 1 thing needs attention.

            ! libvirt and QEMU were never checked on this host. Until they are, every VM with an NVDIMM is refused at its start.
              nvdimm verify --connect qemu:///system --record

            16 parts are in place: nvdimm host status --all

            """));
        var all = await ToolRun.Of("host", "status", "--root", Root, "--all");
        all.AssertStatus(0);
        Assert.That(all.Output, Does.Contain($"\npresent\t{Program}\t\n").And.Contain($"\npresent\t{Link}\t\n"));
    }

    /// <summary>The hooks read the same file with the same rules.</summary>
    [TestCase("missing-nvdimm = maybe", "line 1: 'missing-nvdimm' is refuse or warn, not 'maybe'")]
    [TestCase("# ours\nsimulat = yes", "line 2: there is no key 'simulat'; known are state-folder, simulate")]
    public async Task Status_WrongConfiguration_StopsEveryVmAndIsRefused(string text, string reason)
    {
        (await Install()).AssertStatus(0);
        await File.WriteAllTextAsync(On(Configuration), text);
        var run = await ToolRun.Of("host", "status", "--root", Root);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.Contain($"\n! {On(Configuration)}, {reason}").And.Contain("every VM with an NVDIMM is refused at its start"));
        var attention = (await Host("status")).Json["attention"]!;
        Assert.That(((string?)attention[0]!["what"], (bool)attention[0]!["fault"]!), Is.EqualTo(((string?)attention[0]!["what"], true)));
        Assert.That((string?)attention[0]!["what"], Does.Contain(reason));
    }

    [Test]
    public async Task Status_HooksThatSimulate_GuardNothing()
    {
        (await Install()).AssertStatus(0);
        await File.WriteAllTextAsync(On(Configuration), "simulate = yes\n");
        var run = await ToolRun.Of("host", "status", "--root", Root);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.Contain("VMs start unchecked").And.Contain($"Remove 'simulate = yes' from {On(Configuration)}."));
    }

    [Test]
    public async Task Status_UnverifiedHypervisorThatOnlyWarns_SaysNoMore()
    {
        (await Install()).AssertStatus(0);
        await File.WriteAllTextAsync(On(Configuration), "unverified-hypervisor = warn\n");
        var run = await ToolRun.Of("host", "status", "--root", Root);
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain("! libvirt and QEMU were never checked on this host.\n").And.Not.Contain("is refused"));
    }

    [Test]
    public async Task Status_PartThatIsMissing_NamesItAndTheCommand()
    {
        (await Install()).AssertStatus(0);
        File.Delete(On(Link));
        var run = await ToolRun.Of("host", "status", "--root", Root);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.StartWith("The hooks are not complete: 1 of 16 parts are not as they should be. 2 things need attention.\n")
            .And.Contain($"! {Link} is missing.\n  nvdimm host install --root {Root}\n"));
    }

    [Test]
    public async Task Install_WithoutTheProgram_SaysWhereToGetIt()
    {
        var run = await ToolRun.Of("host", "install", "--root", Root);
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That(run.Error, Does.Contain("vdsm-hook-nvdimm").And.Contain("build/hook.sh").And.Contain("--hook FILE"));
    }

    private Task<ToolRun> Install() => ToolRun.Of("host", "install", "--root", Root, "--hook", folder.PathOf("nvdimm-hook"), "--json");

    private Task<ToolRun> Host(string command) => ToolRun.Of("host", command, "--root", Root, "--json");

    private string On(string path) => Root + path;
}
