using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>
/// What a host says of all its devices at one moment: mounts, swap areas, the ledger's records, the fingerprint of libvirt and QEMU. Read once for the devices of
/// one start (<see cref="StartCheck.ReadHost"/>), and old as soon as it is over.
/// </summary>
public sealed class HostState
{
    private readonly Lazy<HostMounts> mounts;
    private readonly Lazy<FingerprintResult> hypervisor;
    private readonly Lazy<LayoutListing> ledger;

    internal HostState(string root, FingerprintStore fingerprints, LayoutLedger ledger)
    {
        mounts = new(() => HostMounts.Read(root), LazyThreadSafetyMode.ExecutionAndPublication);
        hypervisor = new(fingerprints.Check, LazyThreadSafetyMode.ExecutionAndPublication);
        this.ledger = new(ledger.List, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal HostMounts Mounts => mounts.Value;

    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The stored file may not be read.</exception>
    internal FingerprintResult Hypervisor => hypervisor.Value;

    /// <summary>All records of the ledger.</summary>
    /// <exception cref="LayoutLedgerException">The system does not let them be read.</exception>
    internal LayoutListing Ledger => ledger.Value;

    /// <summary>The record of a device as it was listed; null where the ledger was not listed, or the device has no record that can be read.</summary>
    internal LayoutRecordResult? RecordOf(DeviceIdentity identity) =>
        ledger.IsValueCreated && ledger.Value.Records.FirstOrDefault(record => record.Identity == identity) is { } record ? new LayoutRecordResult(record, []) : null;
}
