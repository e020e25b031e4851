using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Doctor;

/// <summary>
/// Diagnoses whether the data on a host's NVDIMM devices is safe. It only reads, and needs no set-up; as root it sees most. If something
/// cannot be read, that is a diagnosis.
/// </summary>
/// <param name="folder">The state folder: ledger, claims and fingerprint.</param>
/// <param name="time">The clock.</param>
/// <param name="root">The folder below which <c>sys</c>, <c>proc</c> and <c>run</c> are; <c>/</c>, except in tests.</param>
public sealed class HostDoctor(string folder, TimeProvider time, string root = "/")
{
    /// <summary>The subject of a diagnosis of the host itself.</summary>
    internal const string Host = "host";

    private const string VerifyCommand = "nvdimm verify --connect qemu:///system --record";

    /// <summary>
    /// Whether a hook of VDSM or libvirt guards the starts: what it refuses then endangers only the VM's start, not the data. Default: no.
    /// </summary>
    public bool IsGuarded { get; init; }

    /// <summary>The architecture of guests whose domain names none. Default: x86_64.</summary>
    public GuestArchitecture Architecture { get; init; } = GuestArchitecture.X86_64;

    /// <summary>Examines the host.</summary>
    /// <param name="devices">The devices, with the health of their DIMMs if the listing has it.</param>
    /// <param name="listing">The findings about the listing itself, such as DIMMs without a namespace.</param>
    /// <param name="domains">The domains that libvirt knows.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public HostExamination Examine(
        IReadOnlyCollection<NvdimmDevice> devices, IReadOnlyCollection<Finding> listing, IReadOnlyCollection<KnownDomain> domains)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(domains);
        var reader = new StartEvidenceReader(folder, time, root);
        var host = reader.ReadHost();
        var examiner = new DomainExaminer(reader, host, IsGuarded, Architecture);
        var results = domains.Select(examiner.Examine).ToList();
        var examined = results.Select(result => result.Domain).OfType<DomainExamination>().ToValueList();
        IEnumerable<Diagnosis> all =
        [
            .. results.SelectMany(result => result.Diagnoses),
            .. OfSeveralDomains(examined),
            .. OfDevices(devices, listing),
            .. results.TrueForAll(result => result is { Domain: null, Diagnoses.Count: 0 }) ? [] : OfHost(host),
        ];
        return new HostExamination(
            devices.ToValueList(),
            examined,
            all.Distinct().OrderByDescending(diagnosis => diagnosis.Level).ToValueList());
    }

    /// <summary>
    /// The diagnoses of several domains with the same device that may not share it, if neither a record nor a running QEMU assigns it to
    /// one of them.
    /// </summary>
    private IEnumerable<Diagnosis> OfSeveralDomains(ValueList<DomainExamination> domains)
    {
        var uses = domains.SelectMany(domain => domain.Decisions.Select(decision => (Domain: domain, Decision: decision))).ToList();
        foreach (var use in uses.Where(use => !IsSaid(use.Decision)))
        {
            var device = use.Decision.Evidence.Device;
            var others = uses
                .Where(other => other.Domain != use.Domain && other.Decision.Evidence.Device.Path == device.Path
                    && !AreSharing(use, other.Domain))
                .Select(other => other.Domain.Name)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            if (others.Count > 0)
            {
                var finding = Finding.Error(NvdimmCodes.UsedByOtherVm, ("device", device.Name), ("otherVm", string.Join(", ", others)));
                yield return new Diagnosis
                {
                    Level = IsGuarded ? DiagnosisLevel.Advice : DiagnosisLevel.DataAtRisk,
                    Subject = use.Domain.Name,
                    Finding = finding,
                };
            }
        }

        static bool IsSaid(StartDecision decision) =>
            decision.Refusals.Any(finding => finding.Code is NvdimmCodes.UsedByOtherVm or NvdimmCodes.ClaimHeld);

        static bool AreSharing((DomainExamination Domain, StartDecision Decision) use, DomainExamination other) =>
            use.Decision.Evidence.Recorded.Record?.AreSharing((use.Domain.Name, use.Domain.Id), (other.Name, other.Id)) == true;
    }

    /// <summary>
    /// The diagnoses of DIMMs and media. That no VM can use a device is not a diagnosis: perhaps nobody wants a VM to use it.
    /// </summary>
    private static IEnumerable<Diagnosis> OfDevices(IEnumerable<NvdimmDevice> devices, IEnumerable<Finding> listing)
    {
        string[] codes =
            [NvdimmCodes.DimmFailed, NvdimmCodes.DimmHealth, NvdimmCodes.DimmSecurity, NvdimmCodes.DimmAlarm, NvdimmCodes.BadBlocks];
        return devices.SelectMany(device => device.Findings.Select(finding => (device.Name, Finding: finding)))
            .Concat(listing.Select(finding => (Name: finding["dimm"] ?? Host, Finding: finding)))
            .Where(reported => codes.Contains(reported.Finding.Code, StringComparer.Ordinal))
            .DistinctBy(reported => reported.Finding)
            .Select(reported => new Diagnosis
            {
                Level = LevelOf(reported.Finding),
                Subject = reported.Name,
                Finding = reported.Finding,
            });
    }

    private static DiagnosisLevel LevelOf(Finding finding) =>
        finding.Severity == Severity.Error ? DiagnosisLevel.DataAtRisk : DiagnosisLevel.Advice;

    /// <summary>The diagnoses of what guards the domains: hooks, state folder, records, and the check of libvirt and QEMU.</summary>
    private IEnumerable<Diagnosis> OfHost(HostState host)
    {
        if (!IsGuarded)
        {
            yield return new Diagnosis
            {
                Level = DiagnosisLevel.Advice,
                Subject = Host,
                Finding = Finding.Warning(NvdimmCodes.HookNotInstalled),
                Remedy = "nvdimm host install --for libvirt",
            };
        }

        if (host.FolderRefusal is { } refusal)
        {
            yield return new Diagnosis
            {
                Level = DiagnosisLevel.Advice,
                Subject = Host,
                Finding = refusal with { Severity = Severity.Warning },
            };
        }

        foreach (var finding in Records(host))
        {
            yield return new Diagnosis { Level = LevelOf(finding), Subject = Host, Finding = finding };
        }

        if (Hypervisor(host) is { } unverified)
        {
            yield return new Diagnosis { Level = DiagnosisLevel.Advice, Subject = Host, Finding = unverified, Remedy = VerifyCommand };
        }
    }

    private static ValueList<Finding> Records(HostState host)
    {
        try
        {
            return host.Ledger.Findings;
        }
        catch (LayoutLedgerException failure)
        {
            return [Finding.Error(NvdimmCodes.LedgerUnreadable, ("reason", failure.Message))];
        }
    }

    /// <summary>Why the installed libvirt and QEMU are not verified; null if they are. A drift is reported for each device.</summary>
    private Finding? Hypervisor(HostState host)
    {
        try
        {
            var result = host.Hypervisor.For(Architecture);
            return result.State is FingerprintState.Verified or FingerprintState.Drift
                ? null
                : FingerprintResult.NotVerified(result.WhyNotVerified);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return FingerprintResult.NotVerified(failure.Message);
        }
    }
}
