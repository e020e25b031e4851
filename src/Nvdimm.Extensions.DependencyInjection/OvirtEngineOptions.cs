namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>
/// The engine's address, the login, and the trusted authority. They can be bound to a configuration, and no <c>ToString</c> prints them.
/// Mutable: do not change them after the program has started.
/// </summary>
public sealed class OvirtEngineOptions
{
    /// <summary>The engine's address, such as <c>https://engine.example.org/ovirt-engine</c>. Required.</summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// Whether to allow an <c>http</c> address on another machine. Anyone on the network path can then read the password. Default: no.
    /// </summary>
    public bool AllowUnencrypted { get; set; }

    /// <summary>The user with its profile. Default: <c>admin@internal</c>.</summary>
    public string Username { get; set; } = "admin@internal";

    /// <summary>The password. Set this or <see cref="PasswordFile"/>.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password. Set this or <see cref="Password"/>.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>A PEM file with the engine's certificate authority. Default: the authorities of this system.</summary>
    public string? CaFile { get; set; }

    /// <summary>
    /// The SHA-256 fingerprint of the engine's authority, which is then downloaded from the engine. Not together with <see cref="CaFile"/>.
    /// </summary>
    public string? CaFingerprint { get; set; }

    /// <summary>The largest number of requests in flight, from 1 to 1,000. Default: 8.</summary>
    public int MaxRequestsInFlight { get; set; } = 8;

    /// <summary>The largest number of repetitions of a request that is safe to repeat, from 0 to 10. Default: 3.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>The time limit of one try, from 1 ms to an hour. Default: 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
