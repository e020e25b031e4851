using System.Diagnostics.CodeAnalysis;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// The engine's address, the login, and the limits of a client. It is a class and not a record, so that no <c>ToString</c> prints the
/// password or the token. Immutable; safe for use by several threads.
/// </summary>
public sealed class OvirtClientOptions
{
    /// <summary>Options for a client that logs in with <see cref="Username"/> and <see cref="Password"/>.</summary>
    public OvirtClientOptions()
    {
    }

    /// <summary>
    /// Options for a client that acts with the token of a user who has logged in elsewhere. The client sends no password, and neither
    /// renews nor revokes the token: if the engine does not accept it, the calls fail with <see cref="OvirtFailure.Unauthorized"/>.
    /// </summary>
    /// <param name="url">The engine's address, as in <see cref="Url"/>.</param>
    /// <param name="token">The token: visible ASCII characters.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The address is not one of an engine, or the token is empty or has other characters.</exception>
    [SetsRequiredMembers]
    public OvirtClientOptions(Uri url, string token)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentException.ThrowIfNullOrEmpty(token);
        Url = url;
        Token = token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw new ArgumentException("The token has a character that no header can have", nameof(token))
            : token;
    }

    /// <summary>
    /// The engine's address, such as <c>https://engine.example.org/ovirt-engine</c>, with or without <c>/api</c> at the end.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The value is not an absolute HTTP or HTTPS address, or has a user, a query or a fragment.
    /// </exception>
    public required Uri Url
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = Checked(value);
        }
    }

    /// <summary>The token with which the client acts; null for a client that logs in.</summary>
    public string? Token { get; }

    /// <summary>The user with its profile, such as <c>admin@internal</c>; empty for a client with a token.</summary>
    /// <exception cref="ArgumentException">The value is null or empty.</exception>
    public required string Username
    {
        get => field ?? "";
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    }

    /// <summary>The password; empty for a client with a token.</summary>
    /// <exception cref="ArgumentException">The value is null or empty.</exception>
    public required string Password
    {
        get => field ?? "";
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    }

    /// <summary>The number of hosts or VMs in one page of a listing, from 1 to 10,000. Default: 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int PageSize { get; init => field = InRange(value, 1, 10_000); } = 100;

    /// <summary>The largest number of requests in flight, from 1 to 1,000. Default: 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxRequestsInFlight { get; init => field = InRange(value, 1, 1000); } = 8;

    /// <summary>
    /// The largest number of repetitions of one call, including those of its logins and checks, from 0 to 10. Default: 3. If an engine that
    /// has never answered this client refuses the connection, the client does not try again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxRetries { get; init => field = InRange(value, 0, 10); } = 3;

    /// <summary>The time limit of one try, from 1 ms to an hour. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan AttemptTimeout
    {
        get;
        init => field = InRange(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The time limit of one call of the client with its logins, requests, repetitions and pauses, from 1 ms to a day. Default: one minute.
    /// Waiting for other calls does not count; each page of a listing is one call.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan CallTimeout
    {
        get;
        init => field = InRange(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
    } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The pause before the first repetition, from 0 to a minute. It doubles each time and varies at random. Default: 200 ms.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan RetryDelay
    {
        get;
        init => field = InRange(value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>The largest answer in bytes, from 1 KiB to 1 GiB. Default: 64 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxAnswerBytes { get; init => field = InRange(value, 1 << 10, 1 << 30); } = 64 << 20;

    /// <summary>The largest number of pages of one listing, from 1 to 1,000,000; a longer listing fails. Default: 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxPages { get; init => field = InRange(value, 1, 1_000_000); } = 1000;

    /// <summary>
    /// The largest number of bytes of all pages of one listing, from 1 KiB to 1 TiB; a longer listing fails. Default: 256 MiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public long MaxListingBytes { get; init => field = InRange(value, 1L << 10, 1L << 40); } = 256L << 20;

    /// <summary>
    /// Whether to allow plain HTTP to another machine. Anyone on the network path can then read the password and change every answer.
    /// Default: no.
    /// </summary>
    public bool AllowUnencrypted { get; init; }

    /// <summary>
    /// Whether a client may use the address: it is HTTPS, or HTTP to this machine (<c>localhost</c> or a loopback address), or
    /// <see cref="AllowUnencrypted"/> is set.
    /// </summary>
    public bool IsTransportAllowed => AllowUnencrypted || Url.Scheme == Uri.UriSchemeHttps || Url.IsLoopback;

    private static T InRange<T>(T value, T lowest, T highest, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
        where T : IComparable<T> => value.CompareTo(lowest) >= 0 && value.CompareTo(highest) <= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Not from {lowest} to {highest}");

    private static Uri Checked(Uri url)
    {
        if (!url.IsAbsoluteUri
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.UserInfo.Length > 0
            || url.Query.Length > 0
            || url.Fragment.Length > 0)
        {
            throw new ArgumentException("Not an address such as https://engine.example.org/ovirt-engine", nameof(url));
        }

        var path = url.AbsolutePath.TrimEnd('/');
        path = path.EndsWith("/api", StringComparison.Ordinal) ? path[..^"/api".Length] : path;
        return new Uri(url, $"{path}/");
    }
}
