using Nvdimm.Extensions.Ndctl.Ssh;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Ndctl.Tests.Ssh;

/// <summary>ndctl over SSH against a real sshd.</summary>
public sealed class SshNdctlRunnerTests
{
    private static readonly string Capture = TestFiles.PathOf("ndctl", "main-02-all-modes", "list-N-v.json");

    private SshServer server = null!;

    [OneTimeSetUp]
    public void Start() => server = new SshServer();

    [OneTimeTearDown]
    public void Stop() => server?.Dispose();

    [SetUp]
    public void Install()
    {
        server.Install("ndctl", $"[ \"$*\" = 'list -N -v' ] || exit 9; cat {Capture}");
        server.Install("lsblk", """echo '{"blockdevices":[{"name":"pmem5","type":"disk","ro":false,"mountpoint":"/data"}]}'""");
        server.Install("getenforce", "echo Enforcing");
        server.Install("getconf", "echo 65536");
    }

    [Test]
    public async Task Host_WithAKnownKey_IsRead()
    {
        var host = await Runner().ReadAsync();
        Assert.That(host.Listing.Devices, Has.Count.EqualTo(19));
        Assert.That(host.Listing.IsComplete);
        Assert.That(host.PageSize, Is.EqualTo(Alignment.FromKiB(64)));
        Assert.That(host.Selinux, Is.EqualTo(SelinuxState.Enforcing));
        var mounted = host.Listing.Devices.Single(device => device.Path == "/dev/pmem5");
        Assert.That(mounted.FindingOf(NvdimmCodes.InUseByHost)?["use"], Is.EqualTo("mounted on /data"));
        var other = host.Listing.Devices.First(device => device.Path is { } path && path.StartsWith("/dev/pmem", StringComparison.Ordinal) && path != "/dev/pmem5");
        Assert.That(other.FindingOf(NvdimmCodes.HostUseUnknown), Is.Not.Null);
    }

    [Test]
    public void Host_WithoutKnownKey_IsNotTalkedTo() =>
        Assert.That(() => Runner(options => options with { KnownHostsFile = server.EmptyFile() }).ListAsync(), Fails("Host key verification failed"));

    [Test]
    public void Host_WithAnotherKey_IsNotTalkedTo() =>
        Assert.That(() => Runner(options => options with { KnownHostsFile = server.OtherKnownHosts }).ListAsync(), Fails("HOST IDENTIFICATION HAS CHANGED"));

    [Test]
    public void User_WithAnotherKey_IsNotLetIn() =>
        Assert.That(() => Runner(options => options with { IdentityFile = server.KeyFile("stranger") }).ListAsync(), Fails("Permission denied"));

    [Test]
    public void Ndctl_ThatFails_IsAFailure()
    {
        server.Install("ndctl", "echo 'no such thing' >&2; exit 3");
        Assert.That(() => Runner().ListAsync(), Fails("no such thing"));
    }

    [Test]
    public async Task Ndctl_ThatListsAPart_SaysSo()
    {
        server.Install("ndctl", $"cat {Capture}; exit 244");
        Assert.That((await Runner().ListAsync()).IsComplete, Is.False);
    }

    [Test]
    public void Ndctl_ThatHangs_IsEnded()
    {
        server.Install("ndctl", "sleep 600");
        var runner = Runner(options => options with { TimeLimit = TimeSpan.FromSeconds(2) });
        Assert.That(() => runner.ListAsync(), Throws.TypeOf<NdctlException>().With.Property("Failure").EqualTo(NdctlFailure.TimedOut));
    }

    [Test]
    public async Task Lsblk_ThatFails_LeavesTheUseUnknown()
    {
        server.Install("lsblk", "exit 1");
        var listing = await Runner().ListAsync();
        Assert.That(listing.Devices.First(device => device.Path == "/dev/pmem5").FindingOf(NvdimmCodes.HostUseUnknown), Is.Not.Null);
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a\nb")]
    public void Host_ThatIsNone_IsACallersBug(string host) => Assert.That(() => new SshNdctlRunner(host), Throws.ArgumentException);

    [Test]
    public void Host_ThatLooksLikeAnOption_IsAHost() =>
        Assert.That(() => new SshNdctlRunner("-oProxyCommand=touch", new SshNdctlOptions { TimeLimit = TimeSpan.FromSeconds(20) }).ListAsync(), Throws.TypeOf<NdctlException>());

    private static NUnit.Framework.Constraints.Constraint Fails(string message) =>
        Throws.TypeOf<NdctlException>().With.Property("Failure").EqualTo(NdctlFailure.Failed).And.Message.Contains(message);

    private SshNdctlRunner Runner(Func<SshNdctlOptions, SshNdctlOptions>? change = null)
    {
        var options = new SshNdctlOptions { Port = server.Port, User = Environment.UserName, KnownHostsFile = server.KnownHosts, IdentityFile = server.KeyFile("user") };
        return new SshNdctlRunner("127.0.0.1", change?.Invoke(options) ?? options);
    }
}
