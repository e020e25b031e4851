using System.Diagnostics;
using NSubstitute;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>The runner with real processes: scripts that behave as ndctl can, and ndctl itself.</summary>
public sealed class NdctlRunnerTests
{
    private const string AllModes = "main-02-all-modes/list-N-v.json";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task ListAsync_Capture_IsWhatTheParserSays()
    {
        var listing = await RunAsync($"cat '{Path.Combine(Captures.Folder, AllModes)}'");
        Assert.That(listing.Devices, Is.EqualTo(Captures.Parse(AllModes).Devices));
        Assert.That(listing.IsComplete, Is.True);
        Assert.That(FindingsBesidesRights(listing), Is.Empty);
    }

    [Test]
    public async Task ListAsync_OfAnUnprivilegedProcess_SaysSo()
    {
        var listing = await RunAsync("true");
        Assert.That(listing.Findings.Any(finding => finding.Code == NvdimmCodes.NdctlNotRoot), Is.EqualTo(!Environment.IsPrivilegedProcess));
    }

    [Test]
    public async Task ListAsync_Command_IsTheOneThatVdsmRunsInTheCLocale()
    {
        var said = folder.PathOf("said");
        await RunAsync($"printf '%s\\n' \"$#\" \"$@\" \"$LC_ALL\" > '{said}'");
        Assert.That(await File.ReadAllLinesAsync(said), Is.EqualTo(["3", "list", "-N", "-v", "C"]));
    }

    [Test]
    public async Task ListAsync_PartialListing_KeepsItsDevicesAndSaysWhatNdctlSaid()
    {
        var listing = await RunAsync($"cat '{Path.Combine(Captures.Folder, AllModes)}'; echo 'namespace9.9: no memory' >&2; exit 244");
        Assert.That(listing.Devices, Is.EqualTo(Captures.Parse(AllModes).Devices));
        Assert.That(listing.IsComplete, Is.False);
        var partial = FindingsBesidesRights(listing).Single();
        Assert.That((partial.Code, partial.Severity), Is.EqualTo((NvdimmCodes.NdctlPartial, Severity.Warning)));
        Assert.That((partial["status"], partial["stderr"]), Is.EqualTo(("244", "namespace9.9: no memory")));
        Assert.That(partial.Message, Does.Contain("namespace9.9: no memory").And.Not.Contain("${"));
    }

    [Test]
    public async Task CheckAsync_Capture_IsKnown()
    {
        var said = folder.PathOf("said");
        var check = await CheckAsync($"echo \"$*\" >> '{said}'; case $1 in --version) echo 76.1.dirty;; *) cat '{Path.Combine(Captures.Folder, AllModes)}';; esac");
        Assert.That((check.Version, check.IsKnownVersion, check.IsKnown), Is.EqualTo(("76.1.dirty", true, true)));
        Assert.That((check.Namespaces, check.Findings), Is.EqualTo((Captures.Parse(AllModes).Devices.Count, ValueList<Finding>.Empty)));
        Assert.That(await File.ReadAllLinesAsync(said), Is.EqualTo(new[] { "--version", "list -B -D -R -N -i -v" }));
    }

    [Test]
    public async Task CheckAsync_UnknownKeys_AreNamedOnce()
    {
        const string Listing = """[{"provider":"ACPI.NFIT","dev":"ndbus0","colour":1,"namespaces":[{"dev":"namespace0.0","mode":"quick","size":1048576,"speed":1},{"dev":"namespace0.1","mode":"raw","size":1048576,"speed":2}]}]""";
        var check = await CheckAsync($"case $1 in --version) echo 86;; *) echo '{Listing}';; esac");
        Assert.That((check.IsKnownVersion, check.IsKnown, check.Namespaces), Is.EqualTo((false, false, 2)));
        Assert.That(check.UnknownKeys, Is.EqualTo(new[] { "colour", "speed" }));
        Assert.That(check.Findings.Select(finding => finding.Code).Distinct(), Is.EquivalentTo(new[] { NvdimmCodes.NdctlUnknownKey, NvdimmCodes.NdctlUnknownMode }));
    }

    [TestCase("85", true)]
    [TestCase("85.2-rc", true)]
    [TestCase("86", false)]
    [TestCase("99999999999", false)]
    public async Task CheckAsync_Version_IsKnownUpTo85(string version, bool isKnown)
    {
        var check = await CheckAsync($"case $1 in --version) echo {version};; esac");
        Assert.That((check.Version, check.IsKnownVersion, check.IsKnown, check.Namespaces), Is.EqualTo((version, isKnown, isKnown, 0)));
    }

    [Test]
    public async Task CheckAsync_PartialOrBrokenListing_IsAFinding()
    {
        var partial = await CheckAsync("case $1 in --version) echo 76;; *) echo odd >&2; exit 244;; esac");
        Assert.That(partial.Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlPartial));
        var broken = await CheckAsync("case $1 in --version) echo 76;; *) echo '[{';; esac");
        Assert.That(broken.Findings.Single().Code, Is.EqualTo(NvdimmCodes.NdctlMalformed));
        Assert.That((partial.IsKnown, broken.IsKnown), Is.EqualTo((false, false)));
    }

    [TestCase("true", "names no version")]
    [TestCase("echo error", "names no version")]
    [TestCase("exit 3", "exit status 3")]
    [TestCase("case $1 in --version) echo 76;; *) exit 4;; esac", "exit status 4")]
    public async Task CheckAsync_WithoutAnAnswer_Fails(string script, string reason)
    {
        var failure = await Assert.ThrowsAsync<NdctlException>(() => CheckAsync(script));
        Assert.That(failure!.Failure, Is.EqualTo(NdctlFailure.Failed));
        Assert.That(failure.Message, Does.Contain(reason));
    }

    [Test]
    public async Task CheckAsync_RealNdctl_IsKnown()
    {
        RealProgram.Require("ndctl", "ndctl");
        var check = await new NdctlRunner().CheckAsync();
        Assert.That(check.Version, Does.Match(@"^\d"));
        Assert.That(check.UnknownKeys, Is.Empty);
    }

    [TestCase(1)]
    [TestCase(243)]
    [TestCase(255)]
    public async Task ListAsync_OtherStatus_FailsWithStatusAndStandardError(int status)
    {
        var failed = await FailureAsync($"echo '[]'; echo 'no bus' >&2; exit {status}");
        Assert.That(failed.Failure, Is.EqualTo(NdctlFailure.Failed));
        Assert.That((failed.ExitStatus, failed.StandardError), Is.EqualTo(((int?)status, "no bus")));
        Assert.That(failed.Command, Is.EqualTo($"{folder.PathOf("ndctl")} list -N -v"));
        Assert.That(failed.Message, Does.Contain(failed.Command).And.Contain($"status {status}").And.Contain("no bus"));
    }

    [Test]
    public async Task ListAsync_EndedBySignal_Fails() =>
        Assert.That((await FailureAsync("kill -9 $$")).ExitStatus, Is.EqualTo(128 + 9));

    [Test]
    public Task ListAsync_MissingProgram_IsNotStarted() => AssertNotStartedAsync(folder.PathOf("missing"));

    [Test]
    public Task ListAsync_ProgramNotInPath_IsNotStarted() => AssertNotStartedAsync("nvdimm-tests-no-such-program");

    [Test]
    public Task ListAsync_FileThatIsNotExecutable_IsNotStarted() => AssertNotStartedAsync(folder.Write("plain", "#!/bin/sh\n"));

    [Test]
    public Task ListAsync_Folder_IsNotStarted() => AssertNotStartedAsync(folder.Path);

    /// <summary>The runner often has root's rights: a program that happens to lie in the current folder must not get them.</summary>
    [Test]
    public async Task ListAsync_ProgramInTheCurrentFolder_IsNotStarted()
    {
        folder.WriteScript("nvdimm-tests-here", "touch started");
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            await AssertNotStartedAsync("nvdimm-tests-here");
            Assert.That(folder.PathOf("started"), Does.Not.Exist);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Test]
    public async Task ListAsync_ProgramInPath_IsFound()
    {
        folder.WriteScript("nvdimm-tests-in-path", "echo '[]'");
        var before = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $":relative:/nowhere:{folder.Path}:{before}");
        try
        {
            Assert.That((await new NdctlRunner(new() { Program = "nvdimm-tests-in-path" }).ListAsync()).IsComplete, Is.True);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }

    [Test]
    public async Task ListAsync_HangingWithAChild_TimesOutAndEndsBoth()
    {
        var pids = folder.PathOf("pids");
        var failed = await FailureAsync($"sleep 1000 & echo $$ $! > '{pids}'; wait", TimeSpan.FromSeconds(2));
        Assert.That(failed.Failure, Is.EqualTo(NdctlFailure.TimedOut));
        Assert.That(failed.Message, Does.Contain("2 seconds"));
        Assert.That(failed.ExitStatus, Is.Null);
        await AssertEndedAsync(await ReadPidsAsync(pids, 2));
    }

    /// <summary>A child that outlives the program belongs to nobody's tree any more; what matters is that it holds nobody up.</summary>
    [Test]
    public async Task ListAsync_ChildKeepsTheOutputOpen_TimesOut()
    {
        var pids = folder.PathOf("pids");
        try
        {
            var failed = await FailureAsync($"sleep 1000 & echo $! > '{pids}'", TimeSpan.FromSeconds(2));
            Assert.That(failed.Failure, Is.EqualTo(NdctlFailure.TimedOut));
        }
        finally
        {
            foreach (var pid in await ReadPidsAsync(pids, 1))
            {
                using var child = Process.GetProcessById(pid);
                child.Kill();
            }
        }
    }

    [Test]
    public async Task ListAsync_Cancelled_EndsTheProgram()
    {
        var pids = folder.PathOf("pids");
        using var cancellation = new CancellationTokenSource();
        var running = RunAsync($"sleep 1000 & echo $$ $! > '{pids}'; wait", cancellationToken: cancellation.Token);
        var started = await ReadPidsAsync(pids, 2);
        await cancellation.CancelAsync();
        Assert.That(
            async () => await running,
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        await AssertEndedAsync(started);
    }

    [Test]
    public async Task ListAsync_MuchStandardError_NeitherStopsTheProgramNorIsKept()
    {
        var listing = await RunAsync("head -c 1000000 /dev/zero | tr '\\0' x >&2; echo '[]'; exit 244");
        Assert.That(FindingsBesidesRights(listing).Single()["stderr"], Is.EqualTo(new string('x', 4096)));
    }

    [Test]
    public async Task ListAsync_MuchOutput_ThatNobodyShouldPrint_IsRefusedAndTheProgramEnded()
    {
        var pids = folder.PathOf("pids");
        var failed = await FailureAsync($"echo $$ > '{pids}'; exec cat /dev/zero");
        Assert.That(failed.Failure, Is.EqualTo(NdctlFailure.TooMuchOutput));
        await AssertEndedAsync(await ReadPidsAsync(pids, 1));
    }

    [Test]
    public async Task ListAsync_ProgramThatReads_GetsTheEndOfItsInput() =>
        Assert.That((await RunAsync("cat; echo '[]'")).IsComplete, Is.True);

    [Test]
    public async Task ListAsync_NoOutput_IsAnEmptyListing()
    {
        var listing = await RunAsync("exit 0");
        Assert.That((listing.Devices.Count, listing.Shape, listing.IsComplete), Is.EqualTo((0, NdctlListingShape.Empty, true)));
        Assert.That(FindingsBesidesRights(listing), Is.Empty);
    }

    [Test]
    public async Task ListAsync_OutputThatIsNoListing_IsAFinding()
    {
        var listing = await RunAsync("echo 'ndctl: something is wrong'");
        Assert.That(FindingsBesidesRights(listing).Select(finding => finding.Code), Is.EqualTo([NvdimmCodes.NdctlMalformed]));
        Assert.That(listing.IsComplete, Is.False);
    }

    [Test]
    public async Task ListAsync_UseOfEachDevice_IsAsked()
    {
        var uses = Substitute.For<IDeviceUseReader>();
        uses.Read(Arg.Any<string>()).Returns(DeviceUse.Free);
        uses.Read("/dev/pmem1").Returns(new DeviceUse(IsReadOnly: true, ["mounted on /data", "held by dm-0"]));
        uses.Read("/dev/pmem2").Returns(_ => throw new IOException("no such device"));
        uses.Read("/dev/dax0.0").Returns(_ => throw new UnauthorizedAccessException("not allowed"));

        var listing = await RunAsync($"cat '{Path.Combine(Captures.Folder, AllModes)}'", uses);

        var byPath = listing.Devices.ToDictionary(device => device.Path!, StringComparer.Ordinal);
        Assert.That(byPath["/dev/pmem1"].Findings.Select(finding => finding.Code), Is.EqualTo([NvdimmCodes.ReadOnly, NvdimmCodes.InUseByHost]));
        Assert.That(byPath["/dev/pmem1"].FindingOf(NvdimmCodes.InUseByHost)!["use"], Is.EqualTo("mounted on /data, held by dm-0"));
        Assert.That(byPath["/dev/pmem1"].IsUsable, Is.False);
        AssertUnknown(byPath["/dev/pmem2"], "no such device");
        AssertUnknown(byPath["/dev/dax0.0"], "not allowed");
        Assert.That(byPath["/dev/pmem4"].Use, Is.EqualTo(DeviceUse.Free));
        Assert.That(byPath["/dev/pmem4"].Findings, Is.Empty);
        Assert.That(listing.IsComplete, Is.True);
    }

    [Test]
    public async Task ListAsync_NamespaceWithoutDevice_IsNotAskedFor()
    {
        var uses = Substitute.For<IDeviceUseReader>();
        var listing = await RunAsync("echo '[{\"dev\":\"namespace0.0\",\"mode\":\"fsdax\",\"align\":4096,\"numa_node\":0}]'", uses);
        Assert.That(listing.Devices.Single().Use, Is.Null);
        uses.DidNotReceiveWithAnyArgs().Read(default!);
    }

    [Test]
    public void Options_OutOfRange_AreTheCallersBug()
    {
        Assert.That(() => new NdctlRunnerOptions { Program = "" }, Throws.ArgumentException);
        Assert.That(() => new NdctlRunnerOptions { Program = null! }, Throws.ArgumentNullException);
        Assert.That(() => new NdctlRunnerOptions { TimeLimit = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new NdctlRunnerOptions { TimeLimit = Timeout.InfiniteTimeSpan }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new NdctlRunnerOptions { TimeLimit = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(new NdctlRunnerOptions { TimeLimit = TimeSpan.FromDays(1) }.TimeLimit, Is.EqualTo(TimeSpan.FromDays(1)));
    }

    [Test]
    public async Task ListAsync_RealNdctl_GivesACompleteListing()
    {
        RealProgram.Require("ndctl", "ndctl");
        var version = RealProgram.Run("ndctl", "--version");
        Assert.That(version.ExitCode, Is.Zero, version.Error);
        Assert.That(version.Output, Does.Match(@"\A\d+"));

        var listing = await new NdctlRunner().ListAsync();
        Assert.That(listing.IsComplete, Is.True);
        Assert.That(FindingsBesidesRights(listing), Is.Empty);
        Assert.That(listing.Shape, Is.EqualTo(listing.Devices.Count == 0 ? NdctlListingShape.Empty : NdctlListingShape.Namespaces));
    }

    private static IEnumerable<Finding> FindingsBesidesRights(NdctlListing listing) =>
        listing.Findings.Where(finding => finding.Code != NvdimmCodes.NdctlNotRoot);

    private static void AssertUnknown(NvdimmDevice device, string reason)
    {
        var unknown = device.Findings.Single();
        Assert.That((unknown.Code, unknown.Severity), Is.EqualTo((NvdimmCodes.HostUseUnknown, Severity.Warning)));
        Assert.That((unknown["device"], unknown["reason"]), Is.EqualTo((device.Name, reason)));
        Assert.That(device.Use, Is.Null);
    }

    private static async Task AssertNotStartedAsync(string program)
    {
        var failed = (await Assert.ThrowsAsync<NdctlException>(() => new NdctlRunner(new() { Program = program }).ListAsync()))!;
        Assert.That(failed.Failure, Is.EqualTo(NdctlFailure.NotStarted));
        Assert.That(failed.Message, Does.Contain($"{program} list -N -v"));
        Assert.That((failed.ExitStatus, failed.StandardError), Is.EqualTo(((int?)null, (string?)null)));
    }

    private static Task<int[]> ReadPidsAsync(string path, int count) => WaitForAsync(
        () => File.Exists(path) && File.ReadAllText(path).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is var words && words.Length == count
            ? words.Select(int.Parse).ToArray()
            : null,
        $"the script wrote {path}");

    private static async Task AssertEndedAsync(int[] pids)
    {
        foreach (var pid in pids)
        {
            await WaitForAsync(() => IsRunning(pid) ? null : "ended", $"process {pid} ended");
        }
    }

    /// <summary>Whether it runs; a zombie does not, whoever has to collect it.</summary>
    private static bool IsRunning(int pid)
    {
        try
        {
            return File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("State:", StringComparison.Ordinal))["State:".Length..].Trim()[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until it is so; how long that takes is not asserted, but a test that hangs is ended.</summary>
    private static async Task<T> WaitForAsync<T>(Func<T?> read, string what)
        where T : class
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if (read() is { } value)
            {
                return value;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        throw new AssertionException($"Not so within a minute: {what}");
    }

    private async Task<NdctlException> FailureAsync(string script, TimeSpan? timeLimit = null) =>
        (await Assert.ThrowsAsync<NdctlException>(() => RunAsync(script, timeLimit: timeLimit)))!;

    private Task<NdctlListing> RunAsync(
        string script, IDeviceUseReader? uses = null, TimeSpan? timeLimit = null, CancellationToken cancellationToken = default) =>
        new NdctlRunner(new() { Program = folder.WriteScript("ndctl", script), TimeLimit = timeLimit ?? TimeSpan.FromMinutes(2) }, uses).ListAsync(cancellationToken);

    private Task<NdctlCheckResult> CheckAsync(string script) =>
        new NdctlRunner(new() { Program = folder.WriteScript("ndctl", script), TimeLimit = TimeSpan.FromMinutes(2) }).CheckAsync();
}
