using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Fingerprints;

/// <summary>
/// Keeps the fingerprint of this host as JSON in the folder <c>hypervisor</c> of the state folder; hosts may share one, as the file carries
/// the host's name. Nothing is written to a folder that is missing or not this host's (<see cref="StateFolder"/>).
/// </summary>
/// <param name="folder">The state folder, which may be that of the ledger.</param>
/// <param name="host">The host whose folder it has to be; null, the default, for this machine (<see cref="MachineId.Of"/>).</param>
public sealed class FingerprintStore(string folder, string? host = null)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "hypervisor", $"{Environment.MachineName}.json");

    /// <summary>
    /// Stores a fingerprint in place of the last one, unless that is of the programs that are still installed and covers more (libvirt too, a QEMU
    /// more, more cases), while the new one has no mismatches. After a crash either of them is there, whole.
    /// </summary>
    /// <returns>The fingerprint that is stored now.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fingerprint"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or another writer takes more than 10 seconds.</exception>
    public HypervisorFingerprint Save(HypervisorFingerprint fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        StateFolder.Require(folder, host ?? MachineId.Of());
        return LockedFolder.Within(System.IO.Path.GetDirectoryName(Path)!, LockTimeout, () =>
        {
            if (fingerprint.Mismatches == 0
                && Check() is { State: FingerprintState.Verified or FingerprintState.Drift, Fingerprint: { } stored }
                && stored.CoversMoreThan(fingerprint))
            {
                return stored;
            }

            DurableFiles.Write(Path, FingerprintJson.Write(fingerprint));
            return fingerprint;
        });
    }

    /// <summary>
    /// Whether the programs that are installed now were checked for guests of an architecture: libvirt, and a QEMU for x86 or for POWER. Runs no
    /// program: it looks at their files only.
    /// </summary>
    /// <param name="architecture">The guests' architecture.</param>
    /// <exception cref="IOException">A file is there but cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The stored file may not be read.</exception>
    public FingerprintResult Check(GuestArchitecture architecture) => Check().For(architecture);

    /// <summary>The same, whatever was covered; <see cref="FingerprintResult.For"/> is to be asked next.</summary>
    /// <exception cref="IOException">A file is there but cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The stored file may not be read.</exception>
    internal FingerprintResult Check()
    {
        var own = Check(Path);
        return own.State == FingerprintState.Missing ? UnderAnotherName() ?? own : own;
    }

    /// <summary>
    /// A host that was renamed has a file with its old name: a check of the binaries that are installed here which found a mismatch still counts. Null
    /// where there is none. One that found none verifies nothing here: a host that shares the folder may have made it.
    /// </summary>
    private FingerprintResult? UnderAnotherName()
    {
        var hypervisors = System.IO.Path.GetDirectoryName(Path)!;
        return (SmallFolder.NamesOrNull(hypervisors, end: RecordFiles.End) ?? [])
            .Select(name => Check(System.IO.Path.Combine(hypervisors, name)))
            .FirstOrDefault(result => result.State == FingerprintState.Drift);
    }

    private static FingerprintResult Check(string path)
    {
        HypervisorFingerprint fingerprint;
        try
        {
            if (RecordFiles.BytesOrNull(path) is not { } bytes)
            {
                return new FingerprintResult(FingerprintState.Missing, null);
            }

            fingerprint = FingerprintJson.Read(bytes);
        }
        catch (RejectedJsonException damaged)
        {
            return new FingerprintResult(FingerprintState.Damaged, null, $"{path}: {damaged.Message}");
        }

        var installed = BinaryIdentity.OfHypervisor(fingerprint.Programs);
        var state = !fingerprint.Binaries.Equals(installed)
            ? FingerprintState.Changed
            : fingerprint.Mismatches == 0 ? FingerprintState.Verified : FingerprintState.Drift;
        return new FingerprintResult(state, fingerprint);
    }
}
