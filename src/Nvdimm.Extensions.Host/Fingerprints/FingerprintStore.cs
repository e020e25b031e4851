using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Fingerprints;

/// <summary>
/// Stores the fingerprint of this host as JSON in the folder <c>hypervisor</c> of the state folder. Hosts can share the folder, because the
/// file has the host's name. Nothing is written to a folder that is missing or not this host's (<see cref="StateFolder"/>).
/// </summary>
/// <param name="folder">The state folder; it can be the ledger's.</param>
/// <param name="host">The host that the folder must belong to; null, the default, for this machine (<see cref="MachineId.Of"/>).</param>
public sealed class FingerprintStore(string folder, string? host = null)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The path of the file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "hypervisor", $"{Environment.MachineName}.json");

    /// <summary>
    /// Replaces the stored fingerprint, unless the stored one is of the installed programs and covers more (libvirt, another QEMU, more
    /// cases) and the new one has no mismatches. After a crash either the old or the new one is there, complete.
    /// </summary>
    /// <returns>The fingerprint that is stored now.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fingerprint"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to write, or another writer takes more than 10 seconds.</exception>
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
    /// Whether the installed programs were checked for guests of an architecture: libvirt, and a QEMU for x86 or for POWER. It runs no
    /// program, and only examines their files.
    /// </summary>
    /// <param name="architecture">The guests' architecture.</param>
    /// <exception cref="IOException">A file exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the stored file.</exception>
    public FingerprintResult Check(GuestArchitecture architecture) => Check().For(architecture);

    /// <summary>As above for any coverage; the caller must then call <see cref="FingerprintResult.For"/>.</summary>
    /// <exception cref="IOException">A file exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the stored file.</exception>
    internal FingerprintResult Check()
    {
        var result = Check(Path);
        return result.State == FingerprintState.Missing ? UnderAnotherName() ?? result : result;
    }

    /// <summary>
    /// A mismatch in the file under an earlier name of this host. If it is of the binaries that are installed here, it still counts after a
    /// renaming. Null if there is none. A file without mismatches verifies nothing here, because another host that shares the folder may
    /// have written it.
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
