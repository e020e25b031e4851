using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// Writes decisions into the domain. It only changes what keeps or restores the guest's state: the figures of a kept layout, the uuid of a
/// POWER guest, and a maximum memory that is too small. Each change is a finding.
/// </summary>
internal static class StartDomain
{
    /// <summary>The domain to start; null if a finding says why there is none.</summary>
    public static (Domain? Domain, ValueList<Finding> Findings) Write(Domain domain, IReadOnlyList<StartDecision> decisions)
    {
        var asked = decisions.Select(decision => decision.Evidence.Asked.Element).OfType<NvdimmElement>().ToValueList();
        var wanted = decisions.Where(decision => decision.Evidence.Asked.Element is not null).Select(Wanted).ToList();
        var edited = DomainXmlEditor.Update(domain, wanted);
        var findings = edited.Findings.Concat(decisions.Where(decision => decision.Outcome == StartOutcome.Kept).Select(Kept)).ToList();
        if (edited.IsRefused || edited.Xml == domain.Xml)
        {
            return (edited.IsRefused ? null : domain, findings.ToValueList());
        }

        // The text has grown, and may now be larger than a domain may be.
        var written = Domain.Parse(edited.Xml);
        if (written.IsRefused)
        {
            return (null, [.. findings, .. written.Findings]);
        }

        findings.Add(DomainCorrections.Of(asked, wanted, MaxMemory(domain), MaxMemory(written.Domain)));
        return (written.Domain, findings.ToValueList());
    }

    private static NvdimmElement Wanted(StartDecision decision)
    {
        var asked = decision.Evidence.Asked.Element!;
        var sized = decision is { Outcome: StartOutcome.Kept, Layout: { } layout }
            ? asked.WithLayout(layout.TargetSize, AlignSize(asked, layout), LabelSize(layout))
            : asked;
        return decision.GuestUuid is { } uuid && uuid != asked.Uuid ? sized.WithUuid(uuid) : sized;
    }

    /// <summary>The alignment to write; null if the domain has none and QEMU's default is the same.</summary>
    private static ByteSize? AlignSize(NvdimmElement asked, NvdimmLayout layout) =>
        asked.AlignSize is null && layout.AlignSize == layout.Request.HostPageSize ? null : layout.AlignSize.Size;

    private static ByteSize? LabelSize(NvdimmLayout layout) => layout.Request.LabelSize == ByteSize.Zero ? null : layout.Request.LabelSize;

    private static Finding Kept(StartDecision decision)
    {
        var (kept, asked) = (decision.Layout!, decision.Evidence.Asked);
        return Finding.Warning(
            NvdimmCodes.HookLayoutKept,
            ("device", decision.Evidence.Device.Name),
            ("kept", $"{kept.TargetSize.Bytes}"),
            ("keptAlign", $"{kept.AlignSize.Bytes}"),
            ("keptLabel", $"{kept.Request.LabelSize.Bytes}"),
            ("asked", $"{asked.Element!.TargetSize.Bytes}"),
            ("askedAlign", $"{asked.Sizing.AlignSize?.Bytes}"),
            ("askedLabel", $"{asked.Sizing.Request.LabelSize.Bytes}"));
    }

    private static ByteSize? MaxMemory(Domain domain) => DomainGuest.Read(domain).Guest?.MaxMemory;
}
