using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>Single cases: who refuses and why, and what is reported where the prediction is wrong.</summary>
public sealed class CaseCheckTests
{
    private static readonly GuestArchitecture X86 = GuestArchitecture.X86_64;
    private static readonly GuestArchitecture Power = GuestArchitecture.Ppc64;

    /// <summary>That each refusal comes for the predicted reason. Texts of libvirt 9.0.0 and QEMU 7.2, as the programs print them.</summary>
    private static readonly TestCaseData[] Refusals =
    [
        Refusal("BelowLabelX86", TestHypervisor.Request(X86, 128, 4), "label size must be smaller than NVDIMM size", null),
        Refusal("NothingX86", TestHypervisor.Request(X86, 100, 2048), "label size must be smaller than NVDIMM size", null),
        Refusal("BelowBlockPower", TestHypervisor.Request(Power, 100, 2048), "label size must be smaller than NVDIMM size", null),
        Refusal("SmallLabel", TestHypervisor.Request(X86, 1024, 2048) with { LabelSize = ByteSize.FromKiB(64) }, "nvdimm label must be at least 128KiB", null),
        Refusal("TooSmall", TestHypervisor.Request(X86, 1024, 1 << 20), null, "too small to contain nvdimm label"),
        Refusal("LargerThanDevice", TestHypervisor.Request(Power, 1024, 2048), null, "does not match 'size' option"),
        Refusal("NotPowerOfTwo", TestHypervisor.Request(X86, 3072, 384 << 10), null, "must be a power of two"),
        Refusal("BelowPage", TestHypervisor.Request(X86, 1024, 1), null, "must be multiples of page size"),
        Refusal("NoTargetSize", TestHypervisor.Request(X86, 3072, 48), null, "must be a power of two"),
    ];

    [TestCaseSource(nameof(Refusals))]
    public async Task Judge_PredictedRefusal_HasThePredictedReason(SizingRequest request, string? libvirt, string? qemu)
    {
        var result = await TestHypervisor.CheckAsync(NvdimmSizer.Size(request), new HypervisorPrograms { Connection = TestHypervisor.Connection() });
        Assert.That(result.Mismatch, Is.Null);
        Assert.That(result.Outcome, Is.EqualTo(result.Sized.TargetSize is null ? CaseOutcome.AlignOnly : CaseOutcome.Conforming));
        Assert.That(result.Libvirt?.Refusal, libvirt is null ? Is.Null : Does.Contain(libvirt));
        Assert.That(result.Qemu?.Refusal, qemu is null ? Is.Null : Does.Contain(qemu));
    }

    [Test]
    public async Task Judge_TamperedGuestSize_IsMismatchThatItsCommandReproduces()
    {
        var right = NvdimmSizer.Size(TestHypervisor.Request(X86, 1024, 2048));
        var mismatch = await MismatchAsync(right.Tampered("Guest", ByteSize.FromMiB(898)));
        Assert.That((mismatch.Step, mismatch.Predicted, mismatch.Seen), Is.EqualTo((ConformanceStep.GuestSize, ByteSize.FromMiB(898), right.Layout?.GuestSize)));

        var (exitCode, output, error) = RealProgram.Run("sh", "-c", mismatch.Command);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain($"\"size\": {right.Layout!.GuestSize.Bytes}"));
    }

    [Test]
    public async Task Judge_TamperedBackendSize_IsMismatchThatItsCommandReproduces()
    {
        var right = NvdimmSizer.Size(TestHypervisor.Request(Power, 513, 64));
        var mismatch = await MismatchAsync(right.Tampered("Backend", ByteSize.FromMiB(514)));
        Assert.That((mismatch.Step, mismatch.Predicted, mismatch.Seen), Is.EqualTo((ConformanceStep.BackendSize, ByteSize.FromMiB(514), right.BackendSize)));

        var (exitCode, output, error) = RealProgram.Run("sh", "-c", mismatch.Command);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain($"\"size\":{right.BackendSize!.Value.Bytes}"));
    }

    [Test]
    public async Task Judge_LibvirtRefusesWhatShouldStart_IsMismatch()
    {
        var mismatch = await MismatchAsync(NvdimmSizer.Size(TestHypervisor.Request(X86, 1024, 2048)).Tampered("Target", ByteSize.FromKiB(64)));
        Assert.That((mismatch.Step, mismatch.Seen), Is.EqualTo((ConformanceStep.BackendSize, (ByteSize?)null)));
        Assert.That(mismatch.Refusal, Does.Contain("label size must be smaller"));
    }

    [Test]
    public async Task Judge_QemuRefusesWhatShouldStart_IsMismatch()
    {
        var right = NvdimmSizer.Size(TestHypervisor.Request(X86, 1024, 2048));
        var mismatch = await MismatchAsync(right.Tampered("Request", TestHypervisor.Request(X86, 512, 2048)));
        Assert.That((mismatch.Step, mismatch.Predicted, mismatch.Seen), Is.EqualTo((ConformanceStep.GuestSize, right.Layout?.GuestSize, (ByteSize?)null)));
        Assert.That(mismatch.Refusal, Does.Contain("does not match 'size' option"));
    }

    [Test]
    public async Task Judge_StartsWhatShouldBeRefused_IsMismatch()
    {
        var refused = NvdimmSizer.Size(TestHypervisor.Request(X86, 1024, 1 << 20));
        Assert.That(refused.IsRefused, Is.True);
        var mismatch = await MismatchAsync(refused
            .Tampered("Request", TestHypervisor.Request(X86, 3072, 1 << 20))
            .Tampered("Target", ByteSize.FromGiB(3))
            .Tampered("Backend", ByteSize.FromGiB(3)));
        Assert.That((mismatch.Predicted, mismatch.Seen, mismatch.Refusal), Is.EqualTo(((ByteSize?)null, ByteSize.FromGiB(2), (string?)null)));
    }

    /// <summary>An older libvirt's notation, and what it could get wrong.</summary>
    [TestCase("size=941621248,align=2097152", "131072", null)]
    [TestCase("size=941621248,align=4096", "131072", ConformanceStep.AlignSize)]
    [TestCase("size=941621248", "131072", ConformanceStep.AlignSize)]
    [TestCase("size=941621248,align=2097152", "262144", ConformanceStep.LabelSize)]
    [TestCase("size=939524096,align=2097152", "131072", ConformanceStep.BackendSize)]
    public async Task Judge_KeysAndValues_AreRead(string backend, string label, ConformanceStep? step)
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var virsh = TestHypervisor.Script(
            folder.Path,
            $"""
            case "$*" in *version*) echo "Running against daemon: 4.5.0"; exit;; esac
            cat >/dev/null
            echo "LC_ALL=C /usr/bin/{TestHypervisor.QemuX86} -object memory-backend-file,id=memnvdimm0,mem-path=/dev/a,,b,share=yes,{backend}" \
              "-device nvdimm,node=0,label-size={label},memdev=memnvdimm0,id=nvdimm0,slot=0"
            """);
        var programs = new HypervisorPrograms { Connection = "test:///default", Virsh = virsh, Qemus = [new(GuestArchitecture.X86_64, TestHypervisor.QemuX86)] };
        var result = await TestHypervisor.CheckAsync(NvdimmSizer.Size(TestHypervisor.Request(X86, 1024, 2048)), programs);
        Assert.That(result.Mismatch?.Step, Is.EqualTo(step));
        Assert.That(result.Outcome, Is.EqualTo(step is null ? CaseOutcome.Conforming : CaseOutcome.Mismatch));
    }

    [Test]
    public async Task Judge_DaxDeviceOrBeyondAnEmulatedGuest_IsNotProbed()
    {
        TestHypervisor.RequireQemu();
        var request = TestHypervisor.Request(X86, 1024, 2048);
        SizingRequest[] sized = [request with { DeviceSize = ByteSize.FromGiB(513) }, request with { DeviceSize = ByteSize.Zero }];
        SizingRequest[] others = [request with { IsDevdax = true }, request with { LabelSize = ByteSize.FromBytes(1L << 62) }];
        foreach (var unprobed in sized.Concat(others))
        {
            var result = await TestHypervisor.CheckAsync(NvdimmSizer.Size(unprobed), new HypervisorPrograms());
            Assert.That((result.Outcome, result.Qemu), Is.EqualTo((CaseOutcome.NotProbed, (QemuAnswer?)null)));
        }
    }

    private static async Task<ConformanceMismatch> MismatchAsync(SizingResult sized)
    {
        var result = await TestHypervisor.CheckAsync(sized, new HypervisorPrograms { Connection = TestHypervisor.Connection() });
        Assert.That(result.Outcome, Is.EqualTo(CaseOutcome.Mismatch));
        return result.Mismatch!;
    }

    private static TestCaseData Refusal(string name, SizingRequest request, string? libvirt, string? qemu) =>
        new TestCaseData(request, libvirt, qemu).SetArgDisplayNames(name);
}
