using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Nvdimm.DevEngine.Auth;

/// <summary>Tokens. One that is not used for 30 minutes ends, as in the engine; a restart ends all.</summary>
internal sealed class Sessions(TimeProvider time)
{
    /// <summary>How long a token lives unused.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);

    /// <summary>How many there may be; beyond, the one that was unused for longest ends.</summary>
    public const int Maximum = 1000;

    private readonly ConcurrentDictionary<string, (EngineUser User, DateTimeOffset Used)> tokens = new(StringComparer.Ordinal);

    /// <summary>A new token.</summary>
    public string Begin(EngineUser user)
    {
        var now = time.GetUtcNow();
        foreach (var ended in tokens.Where(token => now - token.Value.Used > IdleLimit).Concat(tokens.OrderByDescending(token => token.Value.Used).Skip(Maximum - 1)))
        {
            tokens.TryRemove(ended.Key, out _);
        }

        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        tokens[token] = (user, now);
        return token;
    }

    /// <summary>Whose token it is; null where it is nobody's, or not any more.</summary>
    public EngineUser? Find(string token)
    {
        var now = time.GetUtcNow();
        if (!tokens.TryGetValue(token, out var known) || now - known.Used > IdleLimit)
        {
            tokens.TryRemove(token, out _);
            return null;
        }

        tokens.TryUpdate(token, (known.User, now), known);
        return known.User;
    }

    /// <summary>Ends a token.</summary>
    public void End(string token) => tokens.TryRemove(token, out _);
}
