using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>Where nothing may be concluded: a typed failure, and nothing left over.</summary>
public sealed class ProbeFailureTests
{
    private static readonly ConformanceOptions Small = new() { Architectures = [GuestArchitecture.X86_64], Samples = 0 };

    /// <summary>A QEMU that starts without an NVDIMM and does something else with one.</summary>
    private const string OnlyWithout = "case \"$*\" in *memory-backend-file*) ;; *) exec " + TestHypervisor.QemuX86 + " \"$@\";; esac\n";

    [Test]
    public async Task Run_MissingQemu_IsNotStarted()
    {
        var failure = await FailsAsync(new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, "/nonexistent/qemu")] });
        Assert.That(failure.Failure, Is.EqualTo(ProbeFailure.NotStarted));
        Assert.That(failure.Command, Does.StartWith("/nonexistent/qemu -machine q35,nvdimm=on"));
    }

    [Test]
    public async Task Run_MissingVirsh_IsNotStarted() =>
        Assert.That(
            (await FailsAsync(new HypervisorPrograms { Connection = "qemu:///system", Virsh = "/nonexistent/virsh" })).Failure,
            Is.EqualTo(ProbeFailure.NotStarted));

    [Test]
    public async Task Run_NoConnection_IsFailed()
    {
        RealProgram.Require("virsh", "libvirt-clients");
        var failure = await FailsAsync(new HypervisorPrograms { Connection = "qemu+unix:///session?socket=/nonexistent/socket" });
        Assert.That(failure.Failure, Is.EqualTo(ProbeFailure.Failed));
        Assert.That(failure.StandardError, Does.Contain("failed to connect"));
    }

    [TestCase("echo refused >&2; exit 1", ProbeFailure.Failed, 1)]
    [TestCase("echo hello", ProbeFailure.Unreadable, 0)]
    [TestCase("echo '{\"return\": {}}'", ProbeFailure.Unreadable, 0)]
    [TestCase("head -c 3000000 /dev/zero", ProbeFailure.TooMuchOutput, null)]
    [TestCase(OnlyWithout + "kill -9 $$", ProbeFailure.Failed, 137)]
    [TestCase(OnlyWithout + "exit 1", ProbeFailure.Failed, 1)]
    [TestCase(OnlyWithout + "echo '[[['", ProbeFailure.Unreadable, 0)]
    [TestCase(OnlyWithout + "echo '{\"return\": []}'", ProbeFailure.Unreadable, 0)]
    public async Task Run_BrokenQemu_IsTypedFailure(string body, ProbeFailure expected, int? exitStatus)
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        using var scratch = new TemporaryFolder();
        var failure = await FailsAsync(new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, TestHypervisor.Script(folder.Path, body))], ScratchFolder = scratch.Path });
        Assert.That((failure.Failure, failure.ExitStatus), Is.EqualTo((expected, exitStatus)));
        Assert.That(Directory.EnumerateFileSystemEntries(scratch.Path), Is.Empty);
    }

    [TestCase("")]
    [TestCase(OnlyWithout)]
    public async Task Run_HangingQemu_IsEndedWithItsChildren(string before)
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        using var scratch = new TemporaryFolder();
        var programs = new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, Hanging(folder, before))], ScratchFolder = scratch.Path, TimeLimit = TimeSpan.FromSeconds(3) };
        Assert.That((await FailsAsync(programs)).Failure, Is.EqualTo(ProbeFailure.TimedOut));
        Assert.That(await AliveAsync(folder), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(scratch.Path), Is.Empty);
    }

    /// <summary>A QEMU that answers without an NVDIMM and is too slow with one, twice: a large POWER guest is left open, any other ends the check.</summary>
    [Test]
    public async Task Judge_SlowQemu_LeavesOnlyLargePowerGuestsOpen()
    {
        using var folder = new TemporaryFolder();
        var attempts = folder.PathOf("attempts");
        var qemu = TestHypervisor.Script(
            folder.Path,
            $$$"""
            case "$*" in *memory-backend-file*) echo >>{{{attempts}}}; exec sleep 1000;; esac
            echo '{"QMP": {"version": {"qemu": {"micro": 2, "minor": 2, "major": 7} } } } {"return": []}'
            """);
        var programs = new HypervisorPrograms { Qemus = [new(GuestArchitecture.Ppc64, qemu)], TimeLimit = TimeSpan.FromSeconds(2) };
        var large = NvdimmSizer.Size(TestHypervisor.Request(GuestArchitecture.Ppc64, 126 << 10, 2048));
        Assert.That((await TestHypervisor.CheckAsync(large, programs)).Outcome, Is.EqualTo(CaseOutcome.TimedOut));
        Assert.That(await File.ReadAllLinesAsync(attempts), Has.Length.EqualTo(2));

        var small = NvdimmSizer.Size(TestHypervisor.Request(GuestArchitecture.Ppc64, 1024, 2048));
        var failure = await Assert.ThrowsAsync<ProbeException>(() => TestHypervisor.CheckAsync(small, programs));
        Assert.That((failure!.Failure, (await File.ReadAllLinesAsync(attempts)).Length), Is.EqualTo((ProbeFailure.TimedOut, 3)));
    }

    /// <summary>virsh says several lines, each with "error: " before it.</summary>
    [Test]
    public async Task Run_LinesOfVirsh_AreOneLineWithoutTheirPrefixes()
    {
        using var folder = new TemporaryFolder();
        var virsh = TestHypervisor.Script(folder.Path, "printf 'error: Authorization not available.\\nerror: failed to connect to the hypervisor\\n' >&2; exit 1");
        var failure = await FailsAsync(new HypervisorPrograms { Connection = "qemu:///system", Virsh = virsh });
        Assert.That(failure.Message, Does.EndWith("reaches no libvirt: Authorization not available; failed to connect to the hypervisor"));
    }

    [Test]
    public async Task Run_Cancelled_EndsItsProcesses()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var run = ConformanceCheck.RunAsync(Small with { Programs = new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, Hanging(folder, ""))] } }, null, cancellation.Token);
        while (!run.IsCompleted && (!File.Exists(folder.PathOf("pids")) || (await File.ReadAllLinesAsync(folder.PathOf("pids"))).Length < 2))
        {
            await Task.Delay(10);
        }

        await cancellation.CancelAsync();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await AliveAsync(folder), Is.Empty);
    }

    [Test]
    public async Task Run_NoScratchFolder_IsTypedFailure()
    {
        TestHypervisor.RequireQemu();
        Assert.That((await FailsAsync(new HypervisorPrograms { ScratchFolder = "/nonexistent" })).Failure, Is.EqualTo(ProbeFailure.NoScratchFile));
    }

    /// <summary>A file system in memory takes a sparse file of any size, so this is on the disk that the tests were built on.</summary>
    [Test]
    public void ScratchFile_LargerThanTheFileSystemHas_IsTypedFailure()
    {
        var scratch = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, nameof(ScratchFile_LargerThanTheFileSystemHas_IsTypedFailure)));
        Assert.That(
            () => ScratchFile.Create(scratch.FullName, ByteSize.FromBytes(long.MaxValue)),
            Throws.TypeOf<ProbeException>().With.Property("Failure").EqualTo(ProbeFailure.NoScratchFile));
        Assert.That(scratch.EnumerateFileSystemInfos(), Is.Empty);
        scratch.Delete();
    }

    [Test]
    public void ScratchFile_HasTheSizeAndNoName()
    {
        using var scratch = new TemporaryFolder();
        using var file = ScratchFile.Create(scratch.Path, ByteSize.FromGiB(64));
        Assert.That(Directory.EnumerateFileSystemEntries(scratch.Path), Is.Empty);
        var (_, output, _) = RealProgram.Run("stat", "-L", "-c", "%s %b", file.Path);
        Assert.That(output.Trim(), Is.EqualTo("68719476736 0"));
    }

    private static async Task<ProbeException> FailsAsync(HypervisorPrograms programs)
    {
        var failure = (await Assert.ThrowsAsync<ProbeException>(() => ConformanceCheck.RunAsync(Small with { Programs = programs })))!;
        Assert.That(failure.Message, Does.Contain(failure.Failure == ProbeFailure.NoScratchFile ? failure.Command : failure.Command.Split(' ')[0]));
        return failure;
    }

    [Test]
    public async Task RunAsync_ProgramInTheCurrentFolder_IsNotRun()
    {
        const string name = "nvdimm-qemu-of-the-current-folder";
        var script = Path.Combine(Environment.CurrentDirectory, name);
        await File.WriteAllTextAsync(script, "#!/bin/sh\nexit 0\n");
        try
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var failure = await FailsAsync(new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, name)] });
            Assert.That(failure.Failure, Is.EqualTo(ProbeFailure.NotStarted));
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static string Hanging(TemporaryFolder folder, string before) =>
        TestHypervisor.Script(folder.Path, $"{before}sleep 1000 &\necho $! >>{folder.PathOf("pids")}\necho $$ >>{folder.PathOf("pids")}\nwait");

    /// <summary>
    /// Those of the script and its child that still run, once the kernel has had time to end them; one that nobody has waited for yet
    /// is dead.
    /// </summary>
    private static async Task<string[]> AliveAsync(TemporaryFolder folder)
    {
        var pids = await File.ReadAllLinesAsync(folder.PathOf("pids"));
        Assert.That(pids, Has.Length.GreaterThanOrEqualTo(2));
        var alive = pids;
        for (var attempt = 0; attempt < 200 && alive.Length > 0; attempt++)
        {
            await Task.Delay(25);
            alive = [.. alive.Where(ProcessState.IsAlive)];
        }

        return alive;
    }
}
