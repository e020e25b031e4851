using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>Runs one case through the installed programs. QEMU gets the size that libvirt returns, not the predicted one.</summary>
/// <param name="libvirt">The installed libvirt; null to probe QEMU alone.</param>
/// <param name="qemu">The installed QEMU of the case's architecture.</param>
internal sealed class CaseCheck(LibvirtProbe? libvirt, QemuProbe qemu)
{
    // QEMU v7.2.0 target/i386/cpu.h, TCG_PHYS_ADDR_BITS: an emulated x86 guest has a total address space of 1 TiB.
    private static readonly ByteSize LargestDevice = ByteSize.FromGiB(512);

    /// <summary>The installed QEMU of the case's architecture.</summary>
    public QemuProbe Qemu => qemu;

    /// <summary>The same check with a longer time limit for QEMU.</summary>
    public CaseCheck WithLongerTimeLimit() => new(libvirt, qemu.WithLongerTimeLimit());

    public async Task<CaseResult> CheckAsync(SizingResult sized, CancellationToken cancellationToken)
    {
        var request = sized.Request;
        var result = new CaseResult(sized, CaseOutcome.Conforming);
        if (request.IsDevdax || request.DeviceSize > LargestDevice || request.DeviceSize == ByteSize.Zero
            || sized.AlignSize is not { } align
            || sized.Codes.Contains(NvdimmCodes.SizeOutOfRange, StringComparer.Ordinal))
        {
            return result with { Outcome = CaseOutcome.NotProbed };
        }

        var asked = new QemuBackend(request.DeviceSize, request.LabelSize, sized.LeavesAlignToQemu ? null : align.Bytes, UuidOf(request));
        if (sized.TargetSize is null)
        {
            // NVDIMM_ALIGN_INCOMPATIBLE: of two powers of two one divides the other, so an incompatible alignment is not one, and QEMU
            // refuses it, too.
            return await AskQemuAsync(result with { Outcome = CaseOutcome.AlignOnly }, asked, cancellationToken).ConfigureAwait(false);
        }

        if (libvirt is null)
        {
            return sized.BackendSize is { } backendSize
                ? await AskQemuAsync(result, asked with { Size = backendSize }, cancellationToken).ConfigureAwait(false)
                : result with { Outcome = CaseOutcome.NotProbed };
        }

        result = result with { Libvirt = await libvirt.BackendAsync(sized, cancellationToken).ConfigureAwait(false) };
        result = CompareLibvirt(result, result.Libvirt);
        return result is { Outcome: CaseOutcome.Conforming, Libvirt.Backend: { } backend }
            ? await AskQemuAsync(result, backend, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private static string? UuidOf(in SizingRequest request) => request.Architecture.Family!.HasUuid ? ProbeDomain.Uuid.ToString("D") : null;

    /// <summary>
    /// Compares libvirt's answer. Either program may refuse: if libvirt accepts what it is predicted to refuse, QEMU must refuse it.
    /// </summary>
    private static CaseResult CompareLibvirt(CaseResult result, LibvirtAnswer answer)
    {
        var sized = result.Sized;
        if (answer.Backend is not { } backend)
        {
            return KnownRefusals.IsPredicted(answer.Refusal, sized.Codes)
                ? result
                : result.Differs(ConformanceStep.BackendSize, sized.BackendSize, null, answer.Refusal, answer.Command);
        }

        if (sized.BackendSize is { } size && size != backend.Size)
        {
            return result.Differs(ConformanceStep.BackendSize, size, backend.Size, null, answer.Command);
        }

        if (sized.Layout is not { } layout)
        {
            return result;
        }

        if (backend.LabelSize != layout.Request.LabelSize)
        {
            return result.Differs(ConformanceStep.LabelSize, layout.Request.LabelSize, backend.LabelSize, null, answer.Command);
        }

        return backend.Align != (layout.LeavesAlignToQemu ? null : layout.AlignSize.Bytes)
            ? result.Differs(ConformanceStep.AlignSize, layout.AlignSize.Size, ByteSize.FromBytes(backend.Align ?? 0), null, answer.Command)
            : result;
    }

    private async Task<CaseResult> AskQemuAsync(CaseResult result, QemuBackend backend, CancellationToken cancellationToken)
    {
        var sized = result.Sized;
        var answer = await qemu.StartAsync(sized.Request.DeviceSize, backend, cancellationToken).ConfigureAwait(false);
        var asked = result with { Qemu = answer };
        var guest = sized.Layout?.GuestSize;
        var isPredicted = answer.GuestSize == guest
            && (answer.GuestSize is not null || KnownRefusals.IsPredicted(answer.Refusal, sized.Codes));
        return isPredicted
            ? asked
            : asked.Differs(ConformanceStep.GuestSize, guest, answer.GuestSize, answer.Refusal, answer.Command);
    }
}

/// <summary>The outcome of a case; <see cref="ConformanceGroup"/> explains the values.</summary>
internal enum CaseOutcome
{
    Conforming,
    AlignOnly,
    NotProbed,
    TimedOut,
    Mismatch,
}

/// <summary>A case and its outcome.</summary>
internal sealed record CaseResult(SizingResult Sized, CaseOutcome Outcome, ConformanceMismatch? Mismatch = null)
{
    /// <summary>libvirt's answer; null if it was not asked.</summary>
    public LibvirtAnswer? Libvirt { get; init; }

    /// <summary>QEMU's answer; null if it was not asked.</summary>
    public QemuAnswer? Qemu { get; init; }

    public CaseResult Differs(ConformanceStep step, ByteSize? predicted, ByteSize? seen, string? refusal, string command) =>
        this with
        {
            Outcome = CaseOutcome.Mismatch,
            Mismatch = new ConformanceMismatch
            {
                Sized = Sized,
                Step = step,
                Predicted = predicted,
                Seen = seen,
                Refusal = refusal,
                Command = command,
            }
        };
}
