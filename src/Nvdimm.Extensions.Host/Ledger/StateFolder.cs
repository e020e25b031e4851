using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The folder of ledger, claims and fingerprint, and the marker by which a host knows it for its own: a file <c>host-ID</c> for each host that
/// uses it. A folder that was lost and made again, or that belongs to another host, has no records of this host's devices, and every device would
/// look like a new one.
/// </summary>
public static class StateFolder
{
    private const string MarkerStart = "host-";

    /// <summary>Makes the folder, where it is missing, and the marker of this host.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Make(string folder, string host)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(host);
        DurableFiles.CreateFolder(folder);
        if (!IsMarked(folder, host))
        {
            DurableFiles.CreateEmpty(MarkerOf(folder, host));
        }
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
    /// Why nothing may be concluded from what the folder has not: it has no marker of this host. A folder without any marker that has records is one
    /// of an earlier version, and this host's. Null where the folder is this host's, and where it is missing.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static Finding? Refusal(string folder, string host)
    {
        if (IsMarked(folder, host) || SmallFolder.NamesOrNull(folder) is not { } names)
        {
            return null;
        }

        var others = names.Where(name => name.StartsWith(MarkerStart, StringComparison.Ordinal)).Select(name => name[MarkerStart.Length..]).ToList();
        return others.Count == 0 && names.Exists(name => name.EndsWith(RecordFiles.End, StringComparison.Ordinal))
            ? null
            : Finding.Error(
                NvdimmCodes.StateFolderForeign,
                ("folder", folder),
                ("host", host),
                ("others", others.Count == 0 ? "no host" : string.Join(", ", others)));
    }

    /// <summary>Makes a folder that is missing, so that what is written next is not in a folder without marker.</summary>
    /// <exception cref="LayoutLedgerException">The system does not let it be made.</exception>
    internal static void MakeWhereMissing(string folder, string host)
    {
        try
        {
            if (!Directory.Exists(folder) && !DurableFiles.IsThere(folder))
            {
                Make(folder, host);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LayoutLedgerException(LedgerFailure.WriteFailed, folder, failure.Message, failure);
        }
    }

    private static string MarkerOf(string folder, string host) => Path.Combine(folder, MarkerStart + host);
}
