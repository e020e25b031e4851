using System.Collections.Concurrent;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// The state of a host for one start: namespaces, mounts, swap areas, running QEMUs, the ledger's records, the fingerprint of libvirt and
/// QEMU. Each is read on first use, once for all devices of the start (<see cref="StartEvidenceReader.ReadHost"/>).
/// </summary>
public sealed class HostState
{
    private readonly string root;
    private readonly ConcurrentDictionary<GuestArchitecture, string> near = new();
    private readonly Lazy<HostMounts> mounts;
    private readonly Lazy<FingerprintResult> hypervisor;
    private readonly Lazy<LayoutListing> ledger;
    private readonly Lazy<Finding?> folderRefusal;
    private readonly Lazy<ValueList<NvdimmDevice>> namespaces;
    private readonly Lazy<ValueList<(string Name, DeviceIdentity Identity)>> identities;
    private readonly Lazy<List<(QemuProcess Process, QemuFiles Files)>> qemus;

    internal HostState(string root, FingerprintStore fingerprints, LayoutLedger ledger)
    {
        this.root = root;
        Storage = new SharedStorage(root);
        mounts = new(() => HostMounts.Read(root), LazyThreadSafetyMode.ExecutionAndPublication);
        hypervisor = new(fingerprints.Check, LazyThreadSafetyMode.ExecutionAndPublication);
        this.ledger = new(ledger.List, LazyThreadSafetyMode.ExecutionAndPublication);
        folderRefusal = new(() => RefusalOf(ledger), LazyThreadSafetyMode.ExecutionAndPublication);
        var reader = SysfsNvdimmReader.ForOneMoment(root);
        Devices = new HostDevices(reader, root);
        namespaces = new(() => reader.Survey().Devices, LazyThreadSafetyMode.ExecutionAndPublication);
        identities = new(
            () => Namespaces.Select(device => (device.Name, DeviceIdentity.Of(device))).ToValueList(),
            LazyThreadSafetyMode.ExecutionAndPublication);
        qemus = new(
            () => new QemuProcesses(root).List().Select(process => (process, process.ReadFiles(Storage))).ToList(),
            LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>
    /// The devices behind the paths of a domain. A namespace that is read here is not read again for the list of all namespaces.
    /// </summary>
    public HostDevices Devices { get; }

    /// <summary>All records of the ledger.</summary>
    /// <exception cref="LayoutLedgerException">The system refuses to read the records.</exception>
    public LayoutListing Ledger => ledger.Value;

    /// <summary>
    /// Why the state folder is missing, not this host's (<see cref="StateFolder.Refusal"/>), or unreadable; null if it is this host's.
    /// </summary>
    internal Finding? FolderRefusal => folderRefusal.Value;

    /// <summary>The readable namespaces of the host.</summary>
    /// <exception cref="IOException">The namespaces cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to list the namespaces.</exception>
    internal ValueList<NvdimmDevice> Namespaces => namespaces.Value;

    /// <summary>The kernel names and identities of these namespaces.</summary>
    /// <exception cref="IOException">The namespaces cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to list the namespaces.</exception>
    internal ValueList<(string Name, DeviceIdentity Identity)> Identities => identities.Value;

    /// <summary>
    /// Findings for what libvirt and QEMU refuse in a domain, whatever its devices contain, and for devices that it names more than once. A
    /// <see cref="StartSession"/> reports the same.
    /// </summary>
    /// <param name="domainXml">The domain. Document types and entities are refused.</param>
    /// <param name="decisions">
    /// The decisions about its devices; kept layouts are written into the domain first. If empty, the domain is checked unchanged.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ValueList<Finding> Check(string domainXml, IReadOnlyList<StartDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        ArgumentNullException.ThrowIfNull(decisions);
        var parsed = Domain.Parse(domainXml);
        return parsed.IsRefused ? parsed.Findings : Check(parsed.Domain, decisions);
    }

    /// <summary>The same findings for a parsed domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="decisions">
    /// The decisions about its devices; kept layouts are written into the domain first. If empty, the domain is checked unchanged.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ValueList<Finding> Check(Domain domain, IReadOnlyList<StartDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(decisions);
        var written = decisions.All(decision => decision.IsAllowed) ? StartDomain.Write(domain, decisions).Domain : null;
        return DomainRules.FindingsOf(written ?? domain, this).ToValueList();
    }

    /// <exception cref="IOException">The mounts cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the mounts.</exception>
    internal HostMounts Mounts => mounts.Value;

    /// <exception cref="IOException">A file exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the stored file.</exception>
    internal FingerprintResult Hypervisor => hypervisor.Value;

    /// <summary>
    /// The fingerprint of the programs that were verified and are still installed; null if there is none. The evidence of each device
    /// reports the reason.
    /// </summary>
    internal HypervisorFingerprint? Verified
    {
        get
        {
            try
            {
                return Hypervisor is { IsVerified: true, Fingerprint: { } fingerprint } ? fingerprint : null;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The evidence of each device reports this.
                return null;
            }
        }
    }

    /// <summary>
    /// The proven versions around the installed ones, in words (<see cref="InstalledVersions.Near"/>). QEMU is run once for all devices.
    /// </summary>
    /// <exception cref="IOException">A file exists and cannot be examined.</exception>
    internal string? Near(GuestArchitecture architecture) =>
        near.GetOrAdd(architecture, asked => InstalledVersions.Near(asked, root) ?? "") is { Length: > 0 } rows ? rows : null;

    /// <summary>Tells whether two paths lead to the same bytes.</summary>
    internal SharedStorage Storage { get; }

    private static Finding? RefusalOf(LayoutLedger ledger)
    {
        try
        {
            return StateFolder.Refusal(ledger.Folder, ledger.Host);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Finding.Error(NvdimmCodes.LedgerUnreadable, ("reason", failure.Message));
        }
    }

    /// <summary>The running QEMUs, each with the files that it uses.</summary>
    /// <exception cref="IOException">A pid file or process exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read a pid file or process.</exception>
    internal IReadOnlyList<(QemuProcess Process, QemuFiles Files)> Qemus => qemus.Value;
}
