using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The folder of ledger, claims and fingerprint, and the marker by which a host knows it for its own: a file <c>host-ID</c> for each host that
/// uses it. A folder that was lost and made again, or that belongs to another host, has no records of this host's devices, and every device would
/// look like a new one. So nothing writes to a folder that is not this host's, and nothing but <see cref="Make"/> and an import of this host's records
/// makes it this host's.
/// </summary>
public static class StateFolder
{
    private const string MarkerStart = "host-";

    /// <summary>Makes the folder, where it is missing, and the marker of this host: an act of the installation or of the administrator.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
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

    /// <summary>Makes a folder inside a state folder, or opens one that is there, so that everybody may list it; with the rights of the state folder's user.</summary>
    /// <param name="folder">The folder, such as <c>/var/lib/nvdimm-extensions/claims</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
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
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static bool IsMarked(string folder, string host)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(host);
        return DurableFiles.IsThere(MarkerOf(folder, host));
    }

    /// <summary>
    /// Why nothing may be concluded from what the folder has not, and nothing written to it: it is missing (<see cref="NvdimmCodes.StateFolderMissing"/>),
    /// or has no marker of this host (<see cref="NvdimmCodes.StateFolderForeign"/>). Null where the folder is this host's. A folder without any marker
    /// that has records is of an earlier version, and this host's.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
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

        var others = names.Where(name => name.StartsWith(MarkerStart, StringComparison.Ordinal)).Select(name => name[MarkerStart.Length..]).ToList();
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
    /// <exception cref="LayoutLedgerException">It is (<see cref="LedgerFailure.FolderRefused"/>), or the system does not let it be looked at.</exception>
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
