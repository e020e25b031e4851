using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>What a host cannot do at one moment is neither drift nor conformance: it is tried once more, and then nothing is concluded.</summary>
public sealed class TransientFailureTests
{
    private const string NoMemory = "echo 'cannot set up guest memory: Cannot allocate memory' >&2; exit 1";
    private const string NoFork = "echo 'error: internal error: cannot fork child process: Resource temporarily unavailable' >&2; exit 1";
    private const string Killed = "kill -9 $$";

    private static readonly SizingRequest Starting = TestHypervisor.Request(GuestArchitecture.X86_64, 1024, 2048);
    private static readonly SizingRequest RefusedByQemu = TestHypervisor.Request(GuestArchitecture.X86_64, 3072, 384 << 10);
    private static readonly SizingRequest RefusedByLibvirt = TestHypervisor.Request(GuestArchitecture.X86_64, 100, 2048);

    private static readonly TestCaseData[] OfQemu =
    [
        Case("NoMemoryWhereItShouldStart", Starting, NoMemory, 1),
        Case("NoMemoryWhereItShouldRefuse", RefusedByQemu, NoMemory, 1),
        Case("KilledWhereItShouldStart", Starting, Killed, 137),
        Case("KilledWhereItShouldRefuse", RefusedByQemu, Killed, 137),
    ];

    private static readonly TestCaseData[] OfLibvirt =
    [
        Case("NoForkWhereItShouldPass", Starting, NoFork, 1),
        Case("NoForkWhereItShouldRefuse", RefusedByLibvirt, NoFork, 1),
        Case("KilledWhereItShouldRefuse", RefusedByLibvirt, Killed, 137),
    ];

    [TestCaseSource(nameof(OfQemu))]
    public async Task Judge_QemuFailsForOtherReasons_IsTriedTwiceAndNotProbed(SizingRequest request, string failing, int exitStatus)
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var failure = await FailsAsync(request, new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, Qemu(folder, failing))] });
        Assert.That((failure.Failure, failure.ExitStatus), Is.EqualTo((ProbeFailure.Failed, exitStatus)));
        Assert.That(Attempts(folder), Is.EqualTo(2));
    }

    [TestCaseSource(nameof(OfQemu))]
    public async Task Judge_QemuFailsOnce_Conforms(SizingRequest request, string failing, int exitStatus)
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var once = $"if [ \"$(wc -l <{folder.PathOf("attempts")})\" -eq 1 ]; then {failing}; fi; exec {TestHypervisor.QemuX86} \"$@\"";
        var result = await TestHypervisor.CheckAsync(NvdimmSizer.Size(request), new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, Qemu(folder, once))] });
        Assert.That(result.Outcome, Is.EqualTo(CaseOutcome.Conforming), $"after exit status {exitStatus}");
        Assert.That(Attempts(folder), Is.EqualTo(2));
    }

    [TestCaseSource(nameof(OfLibvirt))]
    public async Task Judge_LibvirtFailsForOtherReasons_IsTriedTwiceAndNotProbed(SizingRequest request, string failing, int exitStatus)
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var failure = await FailsAsync(request, Libvirt(folder, failing));
        Assert.That((failure.Failure, failure.ExitStatus), Is.EqualTo((ProbeFailure.Failed, exitStatus)));
        Assert.That(Attempts(folder), Is.EqualTo(2));
    }

    /// <summary>A known refusal is an answer, but not the predicted one.</summary>
    [Test]
    public async Task Judge_QemuRefusesForAnotherKnownReason_IsMismatch()
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var qemu = Qemu(folder, "echo \"backing store size 0x1 does not match 'size' option 0x2\" >&2; exit 1");
        var result = await TestHypervisor.CheckAsync(NvdimmSizer.Size(RefusedByQemu), new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, qemu)] });
        Assert.That((result.Mismatch?.Step, result.Mismatch?.Predicted, result.Mismatch?.Seen), Is.EqualTo((ConformanceStep.GuestSize, (ByteSize?)null, (ByteSize?)null)));
        Assert.That(result.Mismatch!.Refusal, Does.Contain("does not match 'size' option"));
    }

    [TestCase("label size must be smaller than NVDIMM size", null)]
    [TestCase("nvdimm label must be at least 128KiB", ConformanceStep.BackendSize)]
    public async Task Judge_LibvirtRefusal_HasToBeThePredictedOne(string words, ConformanceStep? step)
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var result = await TestHypervisor.CheckAsync(NvdimmSizer.Size(RefusedByLibvirt), Libvirt(folder, $"echo 'error: XML error: {words}' >&2; exit 1"));
        Assert.That(result.Mismatch?.Step, Is.EqualTo(step));
        Assert.That(result.Mismatch?.Refusal, step is null ? Is.Null : Does.Contain(words));
    }

    /// <summary>The whole check ends so, not only a case.</summary>
    [Test]
    public async Task Run_NoMemory_CouldNotBeProbed()
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var options = new ConformanceOptions
        {
            Programs = new HypervisorPrograms { Qemus = [new(GuestArchitecture.X86_64, Qemu(folder, NoMemory))] },
            Architectures = [GuestArchitecture.X86_64],
            Samples = 0,
        };
        var failure = await Assert.ThrowsAsync<ProbeException>(() => ConformanceCheck.RunAsync(options));
        Assert.That(failure!.StandardError, Does.Contain("Cannot allocate memory"));
        Assert.That(failure.Message, Does.Match("at the case of a (device|DIMM) of .* x86_64 guest"));
    }

    private static async Task<ProbeException> FailsAsync(SizingRequest request, HypervisorPrograms programs) =>
        (await Assert.ThrowsAsync<ProbeException>(() => TestHypervisor.CheckAsync(NvdimmSizer.Size(request), programs)))!;

    /// <summary>A QEMU that starts without an NVDIMM, and with one counts the attempts and does this.</summary>
    private static string Qemu(TemporaryFolder folder, string body) => TestHypervisor.Script(
        folder.Path,
        $"""
        case "$*" in *memory-backend-file*) ;; *) exec {TestHypervisor.QemuX86} "$@";; esac
        echo >>{folder.PathOf("attempts")}
        {body}
        """);

    /// <summary>A libvirt that takes the domain without an NVDIMM, and with one counts the attempts and does this.</summary>
    private static HypervisorPrograms Libvirt(TemporaryFolder folder, string body)
    {
        var virsh = TestHypervisor.Script(
            folder.Path,
            $"""
            case "$*" in *version*) echo "Running against daemon: 9.0.0"; exit;; esac
            if ! grep -q nvdimm-probe'</path>'; then echo /usr/bin/{TestHypervisor.QemuX86}; exit; fi
            echo >>{folder.PathOf("attempts")}
            {body}
            """);
        return new HypervisorPrograms { Connection = "test:///default", Virsh = virsh, Qemus = [new(GuestArchitecture.X86_64, TestHypervisor.QemuX86)] };
    }

    private static int Attempts(TemporaryFolder folder) => File.ReadAllLines(folder.PathOf("attempts")).Length;

    private static TestCaseData Case(string name, SizingRequest request, string failing, int exitStatus) =>
        new TestCaseData(request, failing, exitStatus).SetArgDisplayNames(name);
}
