using System.Runtime.InteropServices;

namespace Nvdimm.Cli.Tests;

/// <summary><c>nvdimm verify</c> as a process of its own: it leaves nothing behind, and finds QEMU in PATH by itself.</summary>
public sealed class VerifyProcessTests
{
    private static readonly string Tool = typeof(NvdimmTool).Assembly.Location;

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    /// <summary>What a failing test has left must not stay on the machine.</summary>
    [TearDown]
    public void RemoveFolder()
    {
        foreach (var pid in Alive())
        {
            RealProgram.Run("kill", "-9", pid);
        }

        folder.Dispose();
    }

    /// <summary>Hangs at once, or only when there is an NVDIMM and with it a scratch file.</summary>
    [TestCase("INT", 130, "")]
    [TestCase("TERM", 143, "")]
    [TestCase("INT", 130, "case \"$*\" in *memory-backend-file*) ;; *) exec qemu-system-x86_64 \"$@\";; esac")]
    public async Task Signal_QemuHangs_EndsItAndItsChildren(string signal, int status, string before)
    {
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        var qemu = folder.WriteScript("qemu", Hanging(signal, before));
        var (exitCode, output, error) = Run("verify", "--arch", "x86_64", "--qemu", qemu);
        Assert.That((exitCode, output), Is.EqualTo((status, "")));
        Assert.That(error, Does.EndWith("Stopped. Nothing was recorded.\n"));
        await AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task Signal_VirshHangs_EndsItAndItsChildren()
    {
        folder.WriteScript("bin/virsh", Hanging("INT", ""));
        Assert.That(Run("verify", "--connect", "test:///default").ExitCode, Is.EqualTo(ExitStatus.Interrupted));
        await AssertNothingIsLeftAsync();
    }

    /// <summary>The host's own QEMU has another name on EL9 and Fedora.</summary>
    [Test]
    public void NoConnection_OnlyQemuKvm_IsAsked()
    {
        Assume.That(RuntimeInformation.OSArchitecture, Is.EqualTo(Architecture.X64));
        folder.WriteScript("bin/qemu-kvm", "echo 'this is it' >&2; exit 1");
        var (exitCode, _, error) = RunWith(folder.PathOf("bin"), "verify");
        Assert.That(exitCode, Is.EqualTo(ExitStatus.Failed));
        Assert.That(error, Does.Contain("'qemu-kvm -machine q35").And.Contain("this is it"));
    }

    [Test]
    public void NoConnection_NoQemu_Is5()
    {
        Assume.That("/usr/libexec/qemu-kvm", Does.Not.Exist);
        var (exitCode, output, error) = RunWith("/nowhere", "verify");
        Assert.That((exitCode, output), Is.EqualTo((ExitStatus.Failed, "")));
        Assert.That(error, Is.EqualTo("nvdimm: this host has no QEMU for x86_64, ppc64 or aarch64 guests, such as 'qemu-system-x86_64'\n"));
    }

    /// <summary>Notes itself and its child, interrupts the tool that has started it, and never ends.</summary>
    private string Hanging(string signal, string before) =>
        $"{before}\nsleep 1000 &\necho $! >>{folder.PathOf("pids")}\necho $$ >>{folder.PathOf("pids")}\nkill -{signal} $PPID\nwait";

    private async Task AssertNothingIsLeftAsync()
    {
        Assert.That(await File.ReadAllLinesAsync(folder.PathOf("pids")), Has.Length.GreaterThanOrEqualTo(2));
        for (var attempt = 0; attempt < 200 && Alive().Length > 0; attempt++)
        {
            await Task.Delay(25);
        }

        Assert.That(Alive(), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(folder.PathOf("scratch")), Is.Empty);
    }

    /// <summary>Those that still run; one that nobody has waited for yet is dead.</summary>
    private string[] Alive() => File.Exists(folder.PathOf("pids"))
        ? [.. File.ReadAllLines(folder.PathOf("pids")).Where(ProcessState.IsAlive)]
        : [];

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) =>
        RunWith($"{folder.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}", arguments);

    /// <summary>
    /// A test run in the background of a shell ignores SIGINT, and so would what it starts. The runtime itself has files in the folder for
    /// temporary ones unless diagnostics are off.
    /// </summary>
    private (int ExitCode, string Output, string Error) RunWith(string path, params string[] arguments)
    {
        var dotnet = Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet" ? own : Which("dotnet");
        Directory.CreateDirectory(folder.PathOf("scratch"));
        string[] environment = ["--default-signal=INT", $"PATH={path}", $"TMPDIR={folder.PathOf("scratch")}", "DOTNET_EnableDiagnostics=0"];
        return RealProgram.Run("/usr/bin/env", [.. environment, dotnet, Tool, .. arguments]);
    }

    private static string Which(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(part => Path.Combine(part, program)).First(File.Exists);
}
