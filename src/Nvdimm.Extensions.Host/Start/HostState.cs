using System.Collections.Concurrent;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// What a host says of all its devices at one moment: namespaces, mounts, swap areas, running QEMUs, the ledger's records, the fingerprint of libvirt
/// and QEMU. Each is read when it is first asked for, and once for all devices of one start (<see cref="StartEvidenceReader.ReadHost"/>).
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
            () => Namespaces.Select(device => (device.Name, DeviceIdentity.Of(device))).ToValueList(), LazyThreadSafetyMode.ExecutionAndPublication);
        qemus = new(
            () => new QemuProcesses(root).List().Select(process => (process, process.ReadFiles(Storage))).ToList(),
            LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>The devices behind the paths of a domain. What was read of a namespace here is not read again for the list of all.</summary>
    public HostDevices Devices { get; }

    /// <summary>All records of the ledger.</summary>
    /// <exception cref="LayoutLedgerException">The system does not let them be read.</exception>
    public LayoutListing Ledger => ledger.Value;

    /// <summary>
    /// Why the state folder is missing or not this host's (<see cref="StateFolder.Refusal"/>), or cannot be read; null where it is this host's.
    /// </summary>
    internal Finding? FolderRefusal => folderRefusal.Value;

    /// <summary>The namespaces of the host that can be read.</summary>
    /// <exception cref="IOException">They cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be listed.</exception>
    internal ValueList<NvdimmDevice> Namespaces => namespaces.Value;

    /// <summary>The same, each by its kernel name and its identity.</summary>
    /// <exception cref="IOException">They cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be listed.</exception>
    internal ValueList<(string Name, DeviceIdentity Identity)> Identities => identities.Value;

    /// <summary>
    /// What libvirt and QEMU refuse of a domain whatever its devices hold, and devices that it names more than once. A <see cref="StartSession"/>
    /// says the same.
    /// </summary>
    /// <param name="domainXml">The domain as it is. Document types and entities are refused.</param>
    /// <param name="decisions">The decisions about its devices: a layout that is kept is written into it first. None: the domain as it is.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ValueList<Finding> Check(string domainXml, ValueList<StartDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(domainXml);
        ArgumentNullException.ThrowIfNull(decisions);
        var written = decisions.All(decision => decision.IsAllowed) ? StartDomain.Write(domainXml, decisions).Xml : null;
        return DomainRules.Hear(written ?? domainXml, this).ToValueList();
    }

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal HostMounts Mounts => mounts.Value;

    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The stored file may not be read.</exception>
    internal FingerprintResult Hypervisor => hypervisor.Value;

    /// <summary>The fingerprint of the programs that were verified and are still installed; null where there is none. The evidence of each device says why.</summary>
    internal HypervisorFingerprint? Verified
    {
        get
        {
            try
            {
                return Hypervisor is { IsVerified: true, Fingerprint: { } known } ? known : null;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Said by the evidence of each device.
                return null;
            }
        }
    }

    /// <summary>The proven versions around the installed ones, in words (<see cref="InstalledVersions.Near"/>): QEMU is run once for all devices.</summary>
    /// <exception cref="IOException">A file is there but cannot be looked at.</exception>
    internal string? Near(GuestArchitecture architecture) =>
        near.GetOrAdd(architecture, asked => InstalledVersions.Near(asked, root) ?? "") is { Length: > 0 } rows ? rows : null;

    /// <summary>Says whether two paths lead to the same bytes.</summary>
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

    /// <summary>The running QEMUs, and the files that they use.</summary>
    /// <exception cref="IOException">A pid file or process is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A pid file or process may not be read.</exception>
    internal IReadOnlyList<(QemuProcess Process, QemuFiles Files)> Qemus => qemus.Value;
}
