using System.Security.Cryptography;
using System.Text;

namespace Nvdimm.DevEngine.Auth;

/// <summary>Who may come in. Passwords are kept as keyed hashes of this process, so that a comparison tells nothing by its time.</summary>
internal sealed class Passwords
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, (EngineUser User, Func<string, bool> IsRight)> users = new(StringComparer.Ordinal);

    /// <summary>Adds a user with a password.</summary>
    public void Add(EngineUser user, string password)
    {
        var right = Hash(password);
        users[user.Name] = (user, given => CryptographicOperations.FixedTimeEquals(Hash(given), right));
    }

    /// <summary>Adds a user whose password is known by its stored hash only.</summary>
    public void Add(EngineUser user, StoredPassword stored)
    {
        byte[]? right = null;
        users[user.Name] = (user, given =>
        {
            var hash = Hash(given);
            if (right is not null)
            {
                return CryptographicOperations.FixedTimeEquals(hash, right);
            }

            if (!stored.Matches(given))
            {
                return false;
            }

            right = hash;
            return true;
        }
        );
    }

    /// <summary>The user with this name and password; null where there is none.</summary>
    public EngineUser? Check(string name, string password) => users.TryGetValue(name, out var known) && known.IsRight(password) ? known.User : null;

    private byte[] Hash(string password) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(password));
}
