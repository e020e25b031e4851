using Nvdimm.Extensions.Host.Layouts;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>
/// Keeps the fingerprint of this host as JSON in the folder <c>hypervisor</c> of the state folder; hosts may share one, as the file carries
/// the host's name.
/// </summary>
/// <param name="folder">The state folder, which may be that of the ledger; made where it is missing.</param>
public sealed class FingerprintStore(string folder)
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "hypervisor", $"{Environment.MachineName}.json");

    /// <summary>Stores a fingerprint in place of the last one. After a crash either of them is there, whole.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="fingerprint"/> is null.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let it be written, or another writer takes more than 10 seconds.</exception>
    public void Save(HypervisorFingerprint fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        FolderLock.Within(System.IO.Path.GetDirectoryName(Path)!, LockTimeout, () =>
        {
            DurableFiles.Write(Path, FingerprintJson.Write(fingerprint));
            return Path;
        });
    }

    /// <summary>Whether the programs that are installed now were checked. Runs no program: it looks at their files only.</summary>
    /// <exception cref="IOException">A file is there but cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The stored file may not be read.</exception>
    public FingerprintResult Check()
    {
        HypervisorFingerprint fingerprint;
        try
        {
            fingerprint = FingerprintJson.Read(RecordFiles.Bytes(Path));
        }
        catch (FileNotFoundException)
        {
            return new FingerprintResult(FingerprintState.Missing, null);
        }
        catch (RejectedJsonException damaged)
        {
            return new FingerprintResult(FingerprintState.Damaged, null, $"{Path}: {damaged.Message}");
        }

        var installed = BinaryIdentity.OfHypervisor(fingerprint.Programs);
        var state = fingerprint.IsVerified(installed)
            ? FingerprintState.Verified
            : fingerprint.Binaries.Equals(installed) ? FingerprintState.Drift : FingerprintState.Changed;
        return new FingerprintResult(state, fingerprint);
    }
}
