using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>
/// An administrator's word that the next restore of a domain, or its next revert to a snapshot with memory, is meant, although it writes the content of
/// that time over the domain's NVDIMMs. One symbolic link for each domain, whose text is the time, in the folder <c>restores/MACHINE-ID</c> of the
/// ledger's. It holds for one restore and for <see cref="Span"/>: a permission that is forgotten must not meet a later restore that nobody means.
/// </summary>
/// <param name="folder">The ledger's folder.</param>
/// <param name="time">The clock.</param>
/// <param name="host">The host (<see cref="MachineId.Of"/>).</param>
internal sealed class RestorePermissions(string folder, TimeProvider time, string host)
{
    private const string End = ".restore";

    /// <summary>What the name of a permission has more where a restore has begun with it.</summary>
    private const string BegunEnd = ".begun";

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    private readonly string permissions = Path.Combine(folder, "restores", host);

    /// <summary>How long a permission holds.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromHours(1);

    /// <summary>Permits the next restore of a domain; one that is permitted already, for the whole span again.</summary>
    /// <param name="domain">The domain's name, or its uuid.</param>
    /// <exception cref="LayoutLedgerException">The folder is missing or not this host's, or the system does not let it be written.</exception>
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
    /// <param name="name">The domain's name; null where it has none.</param>
    /// <param name="id">Its uuid; null where it has none.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public bool IsGiven(string? name, string? id) => Paths(name, id).Any(path => SmallFile.LinkOrNull(path) is { } text && IsNow(text));

    /// <summary>
    /// Notes that a restore has begun, which was permitted then: it goes on however long it loads, and uses the permission up at its end.
    /// </summary>
    /// <param name="name">The domain's name; null where it has none.</param>
    /// <param name="id">Its uuid; null where it has none.</param>
    /// <exception cref="IOException">It cannot be noted.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be noted.</exception>
    /// <exception cref="LayoutLedgerException">The system does not let the folder be locked.</exception>
    public void Begin(string? name, string? id) => ForEach(name, id, path => DurableFiles.WriteLink(path + BegunEnd, "1"));

    /// <summary>Whether a restore of the domain has begun, and neither <see cref="Finish"/> nor <see cref="Withdraw"/> has ended it.</summary>
    /// <param name="name">The domain's name; null where it has none.</param>
    /// <param name="id">Its uuid; null where it has none.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public bool IsBegun(string? name, string? id) => Paths(name, id).Any(path => SmallFile.LinkOrNull(path + BegunEnd) is not null);

    /// <summary>Notes that no restore runs any more; the permission stays, for one that has failed.</summary>
    /// <param name="name">The domain's name; null where it has none.</param>
    /// <param name="id">Its uuid; null where it has none.</param>
    /// <exception cref="LayoutLedgerException">The system does not let it be removed.</exception>
    public void Finish(string? name, string? id) => ForEach(name, id, path => File.Delete(path + BegunEnd));

    /// <summary>Ends the domain's permission, and the restore that has begun with it; nothing where there is none.</summary>
    /// <param name="name">The domain's name; null where it has none.</param>
    /// <param name="id">Its uuid; null where it has none.</param>
    /// <exception cref="LayoutLedgerException">The system does not let it be removed.</exception>
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

    /// <summary>By the SHA-256 of what the domain is called: a file name whatever that is. A uuid is the same in upper and lower case.</summary>
    private string PathOf(string domain)
    {
        var key = Guid.TryParse(domain, out var uuid) ? uuid.ToString("D") : domain;
        return Path.Combine(permissions, Sha256.TextOf(Encoding.UTF8.GetBytes(key)) + End);
    }
}
