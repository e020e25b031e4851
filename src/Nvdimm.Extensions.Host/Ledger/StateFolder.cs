using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The folder of ledger, claims and fingerprint, and the marker by which a host recognises it as its own: a file <c>host-ID</c> for each
/// host that uses it. A folder that was lost and created again, or that belongs to another host, has no records of this host's devices, and
/// every device would look new. So nothing writes to a folder that is not this host's, and only <see cref="Make"/> and an import of this
/// host's records make it this host's.
/// </summary>
public static class StateFolder
{
    private const string MarkerStart = "host-";

    /// <summary>
    /// Creates the folder, if it is missing, and the marker of this host. Only the installation or an administrator may do so.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to create the folder.</exception>
    public static void Make(string folder, string host)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(host);
        FolderUser.Do(folder, () =>
        {
            DurableFiles.CreateFolder(folder);
            if (!IsMarked(folder, host))
            {
                DurableFiles.CreateEmpty(MarkerOf(folder, host));
            }
        });
    }

    /// <summary>
    /// Creates a folder inside a state folder with the rights of the state folder's user, or opens an existing one, so that everybody can
    /// list it.
    /// </summary>
    /// <param name="folder">The folder, such as <c>/var/lib/nvdimm-extensions/claims</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to create the folder.</exception>
    public static void MakePart(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        FolderUser.Do(folder, () =>
        {
            DurableFiles.CreateFolder(folder);
            DurableFiles.OpenFolder(folder);
        });
    }

    /// <summary>Whether the folder has the marker of a host.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the folder.</exception>
    public static bool IsMarked(string folder, string host)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(host);
        return DurableFiles.Exists(MarkerOf(folder, host));
    }

    /// <summary>
    /// Why a missing record in the folder proves nothing and nothing may be written to it: the folder is missing
    /// (<see cref="NvdimmCodes.StateFolderMissing"/>), or has no marker of this host (<see cref="NvdimmCodes.StateFolderForeign"/>). Null
    /// if the folder is this host's. A folder with records and without any marker is of an earlier version, and counts as this host's.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the folder.</exception>
    public static Finding? Refusal(string folder, string host)
    {
        if (IsMarked(folder, host))
        {
            return null;
        }

        var adopt = ("adopt", $"nvdimm layout adopt --state-folder {ShellWords.Quote(folder)}");
        if (SmallFolder.NamesOrNull(folder) is not { } names)
        {
            return Finding.Error(NvdimmCodes.StateFolderMissing, ("folder", folder), adopt);
        }

        var others =
            names.Where(name => name.StartsWith(MarkerStart, StringComparison.Ordinal)).Select(name => name[MarkerStart.Length..]).ToList();
        return others.Count == 0 && names.Exists(name => name.EndsWith(RecordFiles.End, StringComparison.Ordinal))
            ? null
            : Finding.Error(
                NvdimmCodes.StateFolderForeign,
                ("folder", folder),
                ("host", host),
                ("others", others.Count == 0 ? "no host" : string.Join(", ", others)),
                adopt);
    }

    /// <summary>Refuses to write to a folder that is missing or not this host's.</summary>
    /// <exception cref="LayoutLedgerException">
    /// The folder is refused (<see cref="LedgerFailure.FolderRefused"/>), or the system refuses to read it.
    /// </exception>
    internal static void Require(string folder, string host)
    {
        try
        {
            if (Refusal(folder, host) is { } refusal)
            {
                throw new LayoutLedgerException(LedgerFailure.FolderRefused, folder, refusal.Message);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.WriteFailed, folder, failure.Message, failure);
        }
    }

    private static string MarkerOf(string folder, string host) => Path.Combine(folder, MarkerStart + host);
}
