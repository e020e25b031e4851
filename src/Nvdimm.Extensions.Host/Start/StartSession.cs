using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// The start of one VM with its NVDIMMs. It claims all devices, gathers the evidence, decides about each, and records the uses once the
/// caller has written the domain. If a step fails, everything is undone.
/// </summary>
public sealed class StartSession
{
    private readonly StartEvidenceReader reader;
    private readonly ValueList<DeviceClaim> claims;
    private readonly ValueList<ReplacedNvdimm> replaced;

    private StartSession(StartEvidenceReader reader, ValueList<DeviceClaim> claims, ValueList<ReplacedNvdimm> replaced) =>
        (this.reader, this.claims, this.replaced) = (reader, claims, replaced);

    /// <summary>The decisions about the claimed devices, in the order of the domain.</summary>
    public ValueList<StartDecision> Decisions { get; private init; } = [];

    /// <summary>All findings: of the domain, the claims, the devices and the changes. An error refuses the start.</summary>
    public ValueList<Finding> Findings { get; private init; } = [];

    /// <summary>The domain to start, byte for byte the given one if nothing must change; null if the VM must not start.</summary>
    public string? DomainXml => Domain?.Xml;

    /// <summary>The same domain, parsed; null if the VM must not start.</summary>
    public Domain? Domain { get; private init; }

    /// <summary>Whether the VM may start.</summary>
    public bool IsAllowed => Domain is not null;

    /// <summary>
    /// Claims the devices of a VM and decides how it starts. A refused session holds no claims, or reports those that could not be
    /// released. If the state folder is missing or not this host's (<see cref="StateFolder.Refusal"/>), or if the domain cannot be read, no
    /// device is claimed or examined. An allowed
    /// session holds its claims until <see cref="RollBack"/>, or until they are handed to QEMU and released when it ends.
    /// </summary>
    /// <param name="reader">Reads the evidence.</param>
    /// <param name="host">The state of the host (<see cref="StartEvidenceReader.ReadHost"/>).</param>
    /// <param name="request">The VM, its domain and its devices.</param>
    /// <param name="policy">The caller's policy.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The request has no domain.</exception>
    /// <exception cref="LayoutLedgerException">The ledger or the claims cannot be read or written; nothing is claimed.</exception>
    public static StartSession Begin(StartEvidenceReader reader, HostState host, StartRequest request, StartPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(policy);
        if (request.Parsed is not { } parsed)
        {
            throw new ArgumentException("The request has no domain: set Domain or DomainXml", nameof(request));
        }

        if (host.FolderRefusal is { } refusal)
        {
            return new StartSession(reader, [], []) { Findings = [.. request.Findings, refusal] };
        }

        if (parsed.Domain is not { } domain)
        {
            return new StartSession(reader, [], []) { Findings = [.. request.Findings, .. parsed.Findings] };
        }

        var present = request.Subjects.Where(subject => subject.Device?.Path is not null).ToList();
        var devices = present.Select(subject => subject.Device!).Concat(request.Pmems.Select(pmem => pmem.Device)).ToList();
        var wanted = devices.ConvertAll(device => (DeviceIdentity.Of(device), device.Name));
        var results = request.IsSimulation
            ? reader.Claims.CheckForStart(wanted, request.Holder)
            : reader.Claims.ClaimForStart(wanted, request.Holder);
        var taken = request.IsSimulation ? [] : results.Select(result => result.Claim).OfType<DeviceClaim>().ToValueList();
        var isDecided = false;
        try
        {
            var session = Decide(reader, host, domain, request, policy, present, results, taken);
            isDecided = true;
            return session.IsAllowed
                ? session
                : new StartSession(reader, [], [])
                {
                    Decisions = session.Decisions,
                    Findings = [.. session.Findings, .. session.RollBack()],
                };
        }
        finally
        {
            if (!isDecided)
            {
                _ = Release(reader, taken);
            }
        }
    }

    /// <summary>
    /// Records the uses. The record precedes the start, because a guest without labels leaves no other trace of its layout.
    /// </summary>
    /// <exception cref="LayoutLedgerException">A record cannot be written; then none is, and the claims are released.</exception>
    /// <exception cref="InvalidOperationException">The session is refused.</exception>
    public void Record()
    {
        if (!IsAllowed)
        {
            throw new InvalidOperationException("A refused start records nothing");
        }

        var isDone = false;
        try
        {
            reader.Ledger.SaveAll(Decisions.Where(IsNew).Select(decision => decision.Use()).ToList(), replaced);
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                _ = RollBack();
            }
        }
    }

    /// <summary>Releases the claims, because the VM does not start.</summary>
    /// <returns>
    /// A warning <see cref="NvdimmCodes.ClaimNotReleased"/> for each claim that stays. It is no error: why the VM does not start matters
    /// more.
    /// </returns>
    public ValueList<Finding> RollBack() => Release(reader, claims);

    /// <summary>Whether a use differs from the record. An unchanged use is recorded after the start, because the disk is slow.</summary>
    private static bool IsNew(StartDecision decision) => decision.Evidence.Recorded.Record?.IsSameUse(decision.Use()) != true;

    private static StartSession Decide(
        StartEvidenceReader reader,
        HostState host,
        Domain domain,
        StartRequest request,
        StartPolicy policy,
        List<StartSubject> present,
        ValueList<DeviceClaimResult> results,
        ValueList<DeviceClaim> taken)
    {
        var expected = Expected(reader, host, request);
        var findings = new List<Finding>([.. request.Findings, .. expected.Findings]);
        findings.AddRange(request.Subjects.Where(subject => subject.Device?.Path is null).Select(subject => subject.WhyMissing));
        var decisions = new List<StartDecision>();
        var seen = new HashSet<DeviceIdentity>();
        var twice = new List<Finding>();
        foreach (var (subject, claim) in present.Zip(results))
        {
            Add(
                subject.Device!,
                claim,
                () => AskedNvdimm.Of(subject.Element, subject.Device!, request.Architecture, request.GuestRam, request.HidesHypervisor));
        }

        foreach (var (pmem, claim) in request.Pmems.Zip(results.Skip(present.Count)))
        {
            Add(pmem.Device, claim, () => AskedNvdimm.Of(pmem.Use, pmem.Device, request.Architecture));
        }

        findings.AddRange(decisions.SelectMany(ToReport));
        var isRefused = findings.Exists(finding => finding.Severity == Severity.Error) || twice.Count > 0;
        var written = isRefused ? (null, []) : StartDomain.Write(domain, decisions);
        findings.AddRange(written.Findings);
        var rules = DomainRules.FindingsOf(written.Domain ?? domain, host).ToList();
        findings.AddRange(rules);

        // The domain's own rule names both elements; the claim of the first would only be reported as an obstacle for the second.
        findings.AddRange(rules.Exists(rule => rule.Code == NvdimmCodes.XmlDeviceTwice) ? [] : twice);
        isRefused = isRefused || findings.Exists(finding => finding.Severity == Severity.Error);
        return new StartSession(reader, taken, expected.Replaced)
        {
            Decisions = decisions.ToValueList(),
            Findings = findings.Distinct().ToValueList(),
            Domain = isRefused ? null : written.Domain,
        };

        // Claim first, read after: the reader opens the device exclusively, which would disturb a VM that uses it.
        void Add(NvdimmDevice device, DeviceClaimResult claim, Func<AskedNvdimm?> ask)
        {
            if (!seen.Add(DeviceIdentity.Of(device)))
            {
                twice.AddRange(claim.Findings);
            }
            else if (claim.Findings.Count > 0)
            {
                findings.AddRange(claim.Findings);
            }
            else if (ask() is { } asked)
            {
                decisions.Add(StartDecision.Decide(reader.Read(request.Vm, device, asked, host, claim.Claim), policy));
            }
            else
            {
                findings.Add(Finding.Error(NvdimmCodes.NdctlMissingKey, ("key", "size"), ("device", device.Name)));
            }
        }
    }

    /// <exception cref="LayoutLedgerException">The ledger cannot be read.</exception>
    private static ExpectationResult Expected(StartEvidenceReader reader, HostState host, StartRequest request)
    {
        if (request.Expectation is not { } expectation)
        {
            return ExpectationResult.Nothing;
        }

        var present = request.Subjects.Select(subject => new PresentNvdimm(subject.Element.Path, subject.Device))
            .Concat(request.Pmems.Select(pmem => new PresentNvdimm(pmem.Use.Path, pmem.Device)));
        return expectation.Check(request.Vm, present.ToValueList(), host.Ledger.Records, reader.Ledger.Host, Shown(host));
    }

    /// <summary>The host's namespaces; none if they cannot be listed, which the evidence of each device reports.</summary>
    private static ValueList<NvdimmDevice> Shown(HostState host)
    {
        try
        {
            return host.Namespaces;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>
    /// The errors and warnings to print: without accepted findings, and without a missing record, which the start writes.
    /// </summary>
    private static IEnumerable<Finding> ToReport(StartDecision decision) => decision.Refusals
        .Concat(decision.Findings.Where(finding => finding is { Severity: Severity.Warning, Code: not NvdimmCodes.LayoutNotRecorded }
            && decision.Evidence.Recorded.Record?.Accepts(finding) != true));

    private static ValueList<Finding> Release(StartEvidenceReader reader, ValueList<DeviceClaim> claims)
    {
        var kept = new List<Finding>();
        foreach (var claim in claims)
        {
            try
            {
                reader.Claims.Release(claim);
            }
            catch (LayoutLedgerException failure)
            {
                kept.Add(Finding.Warning(
                    NvdimmCodes.ClaimNotReleased, ("device", claim.Identity.Key), ("reason", failure.Message.TrimEnd('.'))));
            }
        }

        return kept.ToValueList();
    }
}
