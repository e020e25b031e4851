using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nvdimm.DevEngine.Tests;

/// <summary>The program as somebody starts it: its first words, its log, and how it refuses to start.</summary>
public sealed class StartupTests
{
    [Test]
    [CancelAfter(300_000)]
    public async Task Start_SaysWhereWhoAndWhereThePasswordIs_AndLogsOneLineForEachRequest(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var program = Start(["--urls", "http://127.0.0.1:0", "--database", folder.PathOf("engine.db")], RunningEngine.Password);
        var words = new List<string>();
        while (words.Count < 6)
        {
            words.Add((await program.StandardOutput.ReadLineAsync(cancellationToken))!);
        }

        var url = new Uri(words[0].Split(' ')[^1]);
        Assert.That(words, Is.EqualTo(new[]
        {
            $"Page      {url}",
            $"API       {url}ovirt-engine/api",
            "User      admin@internal",
            "Password  the value of DEVENGINE_PASSWORD",
            $"Database  {folder.PathOf("engine.db")}",
            "Stop it with Ctrl+C. One line follows for each request.",
        }));

        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = RunningEngine.Basic(RunningEngine.Admin, RunningEngine.Password);
        using var found = await client.GetAsync(new Uri("ovirt-engine/api/vms?search=name%3Dsecret", UriKind.Relative), cancellationToken);
        using var missing = await client.GetAsync(new Uri("ovirt-engine/api/nothing", UriKind.Relative), cancellationToken);
        var log = new List<string>();
        while (log.Count < 2)
        {
            log.Add((await program.StandardError.ReadLineAsync(cancellationToken))!);
        }

        program.Kill();
        log.AddRange((await program.StandardError.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(log, Has.Count.EqualTo(2), "one line for each request, and no warning");
        Assert.That(log[0], Does.Match(@"GET /ovirt-engine/api/vms 200 \d+ ms admin@internal$"));
        Assert.That(log[1], Does.Match(@"GET /ovirt-engine/api/nothing 404 \d+ ms admin@internal$"));
        Assert.That(string.Concat(log), Does.Not.Contain("secret"), "neither queries nor passwords");
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Start_OnATakenPort_IsOneLineAndStatus1(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        var (status, output, error) = await EndAsync(["--urls", url, "--database", folder.PathOf("engine.db")], cancellationToken);
        Assert.That(output, Is.Empty);
        Assert.That(
            error,
            Is.EqualTo($"nvdimm-devengine: cannot listen on {url}: another program uses the port. Stop it, or choose another port with --urls.\n"));
        Assert.That(status, Is.EqualTo(1));
    }

    [TestCase("There is no option '--databse'. Did you mean --database? See --help.", "--databse", "x")]
    [TestCase("There is no option '--nonsense'. See --help.", "--nonsense")]
    [TestCase("Argument 'kvn' not recognized. Must be one of:\n\t'qemu'\n\t'kvm' See --help.", "--domain-type", "kvn")]
    public async Task Start_WithAWrongOption_IsStatus2WithTheNearestName(string said, params string[] arguments)
    {
        var (status, output, error) = await EndAsync(arguments, CancellationToken.None);
        Assert.That(error, Is.EqualTo($"nvdimm-devengine: {said}\n"));
        Assert.That(output, Is.Empty);
        Assert.That(status, Is.EqualTo(2));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Start_WithAnAddressThatIsNone_IsOneLine(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var (status, _, error) = await EndAsync(["--urls", "nonsense", "--database", folder.PathOf("engine.db")], cancellationToken);
        Assert.That(error, Does.StartWith("nvdimm-devengine: cannot listen on nonsense: ").And.EndsWith("Correct --urls.\n"));
        Assert.That(error.Count(character => character == '\n'), Is.EqualTo(1));
        Assert.That(status, Is.EqualTo(1));
    }

    private static Process Start(string[] arguments, string? password)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Nvdimm.DevEngine.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DEVENGINE_PASSWORD"] = password;
        return Process.Start(start)!;
    }

    private static async Task<(int Status, string Output, string Error)> EndAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var program = Start(arguments, RunningEngine.Password);
        var error = program.StandardError.ReadToEndAsync(cancellationToken);
        var output = await program.StandardOutput.ReadToEndAsync(cancellationToken);
        await program.WaitForExitAsync(cancellationToken);
        return (program.ExitCode, output, await error);
    }
}
