using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Nvdimm.DevEngine.Tests.Auth;

namespace Nvdimm.DevEngine.Tests.Service;

/// <summary>The program of the service as a process: its first words, its log, and how it refuses to start.</summary>
public sealed class ServiceProgramTests : EngineTests
{
    private TemporaryFolder folder = null!;

    private string[] Good => [$"--url={Engine.Url}ovirt-engine", "--listen=127.0.0.1:0", $"--inventory={RunningService.Hosts(folder)}"];

    [SetUp]
    public void CreateFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    [CancelAfter(300_000)]
    public async Task Program_SaysWhereItIs_LogsOneLineForEachRequestWithoutTheToken_AndStopsOnSigterm(CancellationToken cancellationToken)
    {
        using var program = Start(Good);
        var words = new List<string>();
        while (words.Count < 3)
        {
            words.Add((await program.StandardOutput.ReadLineAsync(cancellationToken))!);
        }

        var url = new Uri(words[0].Split(' ')[^1]);
        Assert.That(words, Is.EqualTo(new[]
        {
            $"Page      {url}", $"Services  {url}ovirt-engine/services/host-devices/", $"Engine    {Engine.Url}ovirt-engine",
        }));

        var token = await Tokens.GetAsync(Engine, RunningEngine.Admin, RunningEngine.Password);
        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var host = await client.GetAsync(new Uri($"ovirt-engine/services/host-devices/hosts/{RunningEngine.HostId(1)}", UriKind.Relative), cancellationToken);
        using var vms = await client.GetAsync(new Uri("ovirt-engine/api/vms?search=name%3Dsecret", UriKind.Relative), cancellationToken);
        Assert.That(((int)host.StatusCode, (int)vms.StatusCode), Is.EqualTo((200, 200)));
        using var stop = Process.Start("kill", ["-TERM", $"{program.Id}"]);
        var log = (await program.StandardError.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await program.WaitForExitAsync(cancellationToken);
        Assert.That(log, Has.Length.EqualTo(2), string.Join('\n', log));
        Assert.That(log[0], Does.Match($"GET /ovirt-engine/services/host-devices/hosts/{RunningEngine.HostId(1)} 200 \\d+ ms -$"));
        Assert.That(log[1], Does.Match(@"GET /ovirt-engine/api/vms 200 \d+ ms -$"));
        Assert.That(string.Concat(log), Does.Not.Contain(token).And.Not.Contain("secret"));
        Assert.That(program.ExitCode, Is.Zero);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Port_ThatIsTaken_IsOneLineAndStatus5(CancellationToken cancellationToken)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = other.LocalEndpoint.ToString();
        var (status, error) = await EndAsync([Good[0], $"--listen={address}", Good[2]], cancellationToken);
        Assert.That(error, Is.EqualTo(
            $"nvdimm-engine-service: cannot listen on {address}: another program uses the port. Stop it, or choose another port with --listen.\n"));
        Assert.That(status, Is.EqualTo(5));
    }

    [TestCase(2, "'--nonsense' is no option of the service. Start it with 'nvdimm engine serve'", "--nonsense")]
    [TestCase(2, "--listen: plain http on 0.0.0.0:8701 would show the users' tokens to the network. Give --certificate and --key, or listen on 127.0.0.1 behind the engine's Apache", "--listen=0.0.0.0:8701")]
    [TestCase(2, "--listen: '8701' is not an address with a port, such as 127.0.0.1:8701, [::1]:8701 or 0.0.0.0:8701", "--listen=8701")]
    [TestCase(2, "--certificate and --key belong together: give both, or neither", "--key=x")]
    [TestCase(4, "--inventory /nowhere: neither ssh nor a folder", "--inventory=/nowhere")]
    public async Task Option_ThatIsWrong_IsOneLine(int status, string said, string option)
    {
        var run = await EndAsync([$"--url={Engine.Url}ovirt-engine", option], CancellationToken.None);
        Assert.That(run, Is.EqualTo((status, $"nvdimm-engine-service: {said}\n")));
    }

    [TestCase("http://engine.example.org/ovirt-engine", "is plain http to another machine")]
    [TestCase("engine", "is not an address such as https://engine.example.org/ovirt-engine")]
    [TestCase("https://engine.example.org/ovirt-engine?x", "is not an address such as https://engine.example.org/ovirt-engine")]
    [TestCase("https://engine.example.org/ovirt-engine/api/", "is the address of the API")]
    public async Task Url_ThatIsNotTheEngines_OrWouldShowTheTokens_IsRefused(string address, string said)
    {
        var (status, error) = await EndAsync([$"--url={address}"], CancellationToken.None);
        Assert.That(error, Does.StartWith("nvdimm-engine-service: --url: ").And.Contain(said));
        Assert.That(status, Is.EqualTo(2));
    }

    [Test]
    public async Task File_ThatIsNoCertificate_IsOneLineAndStatus4()
    {
        var file = folder.Write("empty.pem", "");
        foreach (var options in new string[][] { [$"--ca-file={file}"], [$"--certificate={file}", $"--key={file}"] })
        {
            var (status, error) = await EndAsync([.. Good, .. options], CancellationToken.None);
            Assert.That(error, Does.StartWith($"nvdimm-engine-service: {file}: "));
            Assert.That((status, error.Count(character => character == '\n')), Is.EqualTo((4, 1)), error);
        }
    }

    private static Process Start(string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Nvdimm.EngineService.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

    private static async Task<(int Status, string Error)> EndAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var program = Start(arguments);
        var error = program.StandardError.ReadToEndAsync(cancellationToken);
        Assert.That(await program.StandardOutput.ReadToEndAsync(cancellationToken), Is.Empty);
        await program.WaitForExitAsync(cancellationToken);
        return (program.ExitCode, await error);
    }
}
