namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Where an engine is, who asks it, and whom to trust. It can be bound to a configuration; nothing prints it.</summary>
public sealed class OvirtEngineOptions
{
    /// <summary>The engine's address, such as <c>https://engine.example.org/ovirt-engine</c>. Required.</summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// Whether an <c>http</c> address may be used that is not on this machine: the password goes over the network for all to read. Default: no.
    /// </summary>
    public bool AllowUnencrypted { get; set; }

    /// <summary>The user with its profile. Default: <c>admin@internal</c>.</summary>
    public string Username { get; set; } = "admin@internal";

    /// <summary>The password; this or <see cref="PasswordFile"/> is required.</summary>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>A PEM file with the engine's certificate authority. Default: the authorities of this system.</summary>
    public string? CaFile { get; set; }

    /// <summary>The SHA-256 fingerprint of the engine's authority, which is then fetched from the engine. Not with <see cref="CaFile"/>.</summary>
    public string? CaFingerprint { get; set; }

    /// <summary>How many requests may be in flight at once, from 1 to 1,000. Default: 8.</summary>
    public int MaxRequestsInFlight { get; set; } = 8;

    /// <summary>How often a request that is safe to repeat is repeated, from 0 to 10. Default: 3.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>How long one try may take. Default: 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
