using System.Security.Cryptography;
using System.Text;

namespace Nvdimm.DevEngine.Auth;

/// <summary>
/// The users with their passwords. Passwords are kept as keyed hashes with a key of this process, so that the time of a comparison reveals
/// nothing.
/// </summary>
/// <param name="time">The clock, for the pauses after wrong passwords.</param>
internal sealed class Passwords(TimeProvider time) : IDisposable
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, (EngineUser User, LoginGate Gate)> users = new(StringComparer.Ordinal);

    /// <summary>Adds a user with a password.</summary>
    public void Add(EngineUser user, string password)
    {
        var right = Hash(password);
        users[user.Name] = (user, new LoginGate(time, given => CryptographicOperations.FixedTimeEquals(Hash(given), right), slow: null));
    }

    /// <summary>Adds a user of whose password only a stored hash is known. The comparison takes long.</summary>
    public void Add(EngineUser user, StoredPassword stored)
    {
        byte[]? right = null;
        users[user.Name] = (user, new LoginGate(
            time,
            given => right is null ? null : CryptographicOperations.FixedTimeEquals(Hash(given), right),
            given =>
            {
                var isRight = stored.Matches(given);
                right = isRight ? Hash(given) : right;
                return isRight;
            }));
    }

    /// <summary>The user with this name and password; null if there is none.</summary>
    /// <exception cref="Wire.ApiFaultException">Too many logins of this user are waiting.</exception>
    public async Task<EngineUser?> CheckAsync(string name, string password, CancellationToken cancellationToken) =>
        users.TryGetValue(name, out var entry) && await entry.Gate.IsRightAsync(password, cancellationToken) ? entry.User : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, gate) in users.Values)
        {
            gate.Dispose();
        }
    }

    private byte[] Hash(string password) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(password));
}
