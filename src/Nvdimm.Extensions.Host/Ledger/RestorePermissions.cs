using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// The permissions of an administrator for the next restore of a domain, or its next revert to a snapshot with memory, which overwrites the
/// domain's NVDIMMs with older content. Each is a symbolic link whose text is its time, in the folder <c>restores/MACHINE-ID</c> of the
/// ledger's folder. A permission is valid for one restore and for <see cref="Span"/>, so that a forgotten one does not permit a later,
/// unintended restore.
/// </summary>
/// <param name="folder">The ledger's folder.</param>
/// <param name="time">The clock.</param>
/// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
internal sealed class RestorePermissions(string folder, TimeProvider time, string host)
{
    private const string End = ".restore";

    /// <summary>The suffix of a permission's name after a restore has begun with it.</summary>
    private const string BegunEnd = ".begun";

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private readonly string permissions = Path.Combine(folder, "restores", host);

    /// <summary>How long a permission is valid.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromHours(1);

    /// <summary>Permits the next restore of a domain, for the whole span from now on.</summary>
    /// <param name="domain">The domain's name, or its uuid.</param>
    /// <exception cref="LayoutLedgerException">The folder is missing or not this host's, or the system refuses to write.</exception>
    public void Give(string domain)
    {
        StateFolder.Require(folder, host);
        var path = PathOf(domain);
        LockedFolder.Within(permissions, LockTimeout, () =>
        {
            DurableFiles.WriteLink(path, time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            return true;
        });
    }

    /// <summary>Whether a restore of the domain is permitted now.</summary>
    /// <param name="name">The domain's name; null if it has none.</param>
    /// <param name="id">The domain's uuid; null if it has none.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the folder.</exception>
    public bool IsGiven(string? name, string? id) => Paths(name, id).Any(path => SmallFile.LinkOrNull(path) is { } text && IsNow(text));

    /// <summary>
    /// Records that a permitted restore has begun. It may load for any length of time, and uses the permission up when it ends.
    /// </summary>
    /// <param name="name">The domain's name; null if it has none.</param>
    /// <param name="id">The domain's uuid; null if it has none.</param>
    /// <exception cref="IOException">The record cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to write the record.</exception>
    /// <exception cref="LayoutLedgerException">The system refuses to lock the folder.</exception>
    public void Begin(string? name, string? id) => ForEach(name, id, path => DurableFiles.WriteLink(path + BegunEnd, "1"));

    /// <summary>
    /// Whether a restore of the domain has begun, and neither <see cref="Finish"/> nor <see cref="Withdraw"/> has ended it.
    /// </summary>
    /// <param name="name">The domain's name; null if it has none.</param>
    /// <param name="id">The domain's uuid; null if it has none.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the folder.</exception>
    public bool IsBegun(string? name, string? id) => Paths(name, id).Any(path => SmallFile.LinkOrNull(path + BegunEnd) is not null);

    /// <summary>Records that no restore runs any more. The permission stays, because the restore has failed.</summary>
    /// <param name="name">The domain's name; null if it has none.</param>
    /// <param name="id">The domain's uuid; null if it has none.</param>
    /// <exception cref="LayoutLedgerException">The system refuses to remove the record.</exception>
    public void Finish(string? name, string? id) => ForEach(name, id, path => File.Delete(path + BegunEnd));

    /// <summary>Ends the domain's permission and the restore that has begun with it; does nothing if there is none.</summary>
    /// <param name="name">The domain's name; null if it has none.</param>
    /// <param name="id">The domain's uuid; null if it has none.</param>
    /// <exception cref="LayoutLedgerException">The system refuses to remove the permission.</exception>
    public void Withdraw(string? name, string? id) => ForEach(name, id, path =>
    {
        File.Delete(path);
        File.Delete(path + BegunEnd);
    });

    private void ForEach(string? name, string? id, Action<string> work) => LockedFolder.Within(permissions, LockTimeout, () =>
    {
        foreach (var path in Paths(name, id))
        {
            work(path);
        }

        return true;
    });

    private bool IsNow(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
        && time.GetUtcNow().ToUnixTimeSeconds() - given is >= 0 and var age && age <= Span.TotalSeconds;

    private IEnumerable<string> Paths(string? name, string? id) => new[] { name, id }.OfType<string>().Select(PathOf);

    /// <summary>
    /// The path of a permission: the SHA-256 of the domain's name or uuid, which is always a valid file name. The case of a uuid does not
    /// matter.
    /// </summary>
    private string PathOf(string domain)
    {
        var key = Guid.TryParse(domain, out var uuid) ? uuid.ToString("D") : domain;
        return Path.Combine(permissions, Sha256.TextOf(Encoding.UTF8.GetBytes(key)) + End);
    }
}
