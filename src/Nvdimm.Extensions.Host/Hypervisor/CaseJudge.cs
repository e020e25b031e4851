using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>Follows one case through the installed programs: QEMU gets what libvirt says, not what was predicted.</summary>
/// <param name="libvirt">The installed libvirt; null to ask QEMU alone.</param>
/// <param name="qemu">The installed QEMU of the case's architecture.</param>
internal sealed class CaseJudge(LibvirtProbe? libvirt, QemuProbe qemu)
{
    // QEMU v7.2.0 target/i386/cpu.h, TCG_PHYS_ADDR_BITS: an emulated x86 guest has room for 1 TiB in all.
    private static readonly ByteSize LargestDevice = ByteSize.FromGiB(512);

    public async Task<CaseResult> JudgeAsync(NvdimmLayout layout, CancellationToken cancellationToken)
    {
        var request = layout.Request;
        var result = new CaseResult(layout, CaseOutcome.Conforming);
        if (request.IsDevdax || request.DeviceSize > LargestDevice || request.DeviceSize == ByteSize.Zero || layout.AlignSize is not { } align
            || layout.Codes.Contains(NvdimmCodes.SizeOutOfRange, StringComparer.Ordinal))
        {
            return result with { Outcome = CaseOutcome.NotProbed };
        }

        var asked = new QemuBackend(request.DeviceSize, request.LabelSize, align.Bytes, UuidOf(layout));
        if (layout.TargetSize is null)
        {
            // NVDIMM_ALIGN_INCOMPATIBLE: of two powers of two one divides the other, so that QEMU refuses such an alignment too.
            return await AskQemuAsync(result with { Outcome = CaseOutcome.AlignOnly }, asked, cancellationToken).ConfigureAwait(false);
        }

        if (libvirt is null)
        {
            return layout.BackendSize is null
                ? result with { Outcome = CaseOutcome.NotProbed }
                : await AskQemuAsync(result, asked with { Size = layout.BackendSize.Value }, cancellationToken).ConfigureAwait(false);
        }

        result = result with { Libvirt = await libvirt.BackendAsync(layout, cancellationToken).ConfigureAwait(false) };
        result = JudgeLibvirt(result, result.Libvirt);
        return result is { Outcome: CaseOutcome.Conforming, Libvirt.Backend: { } backend }
            ? await AskQemuAsync(result, backend, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private static string? UuidOf(in NvdimmLayout layout) => layout.Request.Architecture.IsPower ? ProbeDomain.Uuid.ToString("D") : null;

    /// <summary>A refusal may come from either: where libvirt lets pass what it is predicted to refuse, QEMU has to refuse it.</summary>
    private static CaseResult JudgeLibvirt(CaseResult result, LibvirtAnswer answer)
    {
        var layout = result.Layout;
        if (answer.Backend is not { } backend)
        {
            return KnownRefusals.IsPredicted(answer.Refusal, layout.Codes) ? result : result.Differs(ConformanceStep.BackendSize, layout.BackendSize, null, answer.Refusal, answer.Command);
        }

        if (layout.BackendSize is { } size && size != backend.Size)
        {
            return result.Differs(ConformanceStep.BackendSize, size, backend.Size, null, answer.Command);
        }

        if (!layout.IsRefused && backend.LabelSize != layout.Request.LabelSize)
        {
            return result.Differs(ConformanceStep.LabelSize, layout.Request.LabelSize, backend.LabelSize, null, answer.Command);
        }

        var align = layout.AlignSize!.Value;
        return !layout.IsRefused && backend.Align != align.Bytes
            ? result.Differs(ConformanceStep.AlignSize, align.Size, ByteSize.FromBytes(backend.Align ?? 0), null, answer.Command)
            : result;
    }

    private async Task<CaseResult> AskQemuAsync(CaseResult result, QemuBackend backend, CancellationToken cancellationToken)
    {
        var layout = result.Layout;
        var answer = await qemu.StartAsync(layout.Request.DeviceSize, backend, cancellationToken).ConfigureAwait(false);
        var asked = result with { Qemu = answer };
        var isPredicted = answer.GuestSize == layout.GuestSize && (answer.GuestSize is not null || KnownRefusals.IsPredicted(answer.Refusal, layout.Codes));
        return isPredicted
            ? asked
            : asked.Differs(ConformanceStep.GuestSize, layout.GuestSize, answer.GuestSize, answer.Refusal, answer.Command);
    }
}
