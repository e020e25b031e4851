using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Nvdimm.DevEngine.Auth;

/// <summary>The tokens. A token that is unused for 30 minutes ends, as in the engine; a restart ends all tokens.</summary>
internal sealed class Sessions(TimeProvider time)
{
    /// <summary>The time after which an unused token ends.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);

    /// <summary>The largest number of tokens; beyond it, the token that was unused for longest ends.</summary>
    public const int Maximum = 1000;

    private readonly ConcurrentDictionary<string, (EngineUser User, DateTimeOffset Used)> tokens = new(StringComparer.Ordinal);

    /// <summary>Creates a token for a user.</summary>
    public string Begin(EngineUser user)
    {
        var now = time.GetUtcNow();
        foreach (var ended in tokens.Where(token => now - token.Value.Used > IdleLimit)
            .Concat(tokens.OrderByDescending(token => token.Value.Used).Skip(Maximum - 1)))
        {
            tokens.TryRemove(ended.Key, out _);
        }

        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        tokens[token] = (user, now);
        return token;
    }

    /// <summary>The user of a token; null if the token does not exist or has ended.</summary>
    public EngineUser? Find(string token)
    {
        var now = time.GetUtcNow();
        if (!tokens.TryGetValue(token, out var entry) || now - entry.Used > IdleLimit)
        {
            tokens.TryRemove(token, out _);
            return null;
        }

        tokens.TryUpdate(token, (entry.User, now), entry);
        return entry.User;
    }

    /// <summary>Ends a token.</summary>
    public void End(string token) => tokens.TryRemove(token, out _);
}
