using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// The certificate authorities that a client trusts for the engine. Certificates are always verified; only the trusted authorities are
/// configured here. Immutable; safe for use by several threads.
/// </summary>
public sealed class EngineTrust
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly X509Certificate2Collection authorities;

    private EngineTrust(X509Certificate2Collection authorities) => this.authorities = authorities;

    /// <summary>Trusts the authorities that this system trusts.</summary>
    public static EngineTrust System { get; } = new([]);

    /// <summary>The SHA-256 fingerprints of the authorities, in upper-case hexadecimal; empty for those of the system.</summary>
    public ValueList<string> Fingerprints =>
        authorities.Select(authority => authority.GetCertHashString(HashAlgorithmName.SHA256)).ToValueList();

    /// <summary>Trusts only the authorities in a PEM file, such as the engine's own <c>/etc/pki/ovirt-engine/ca.pem</c>.</summary>
    /// <exception cref="ArgumentException">The file has no valid certificate.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the rights to read the file.</exception>
    public static EngineTrust FromFile(string path) => FromPem(File.ReadAllText(path));

    /// <summary>Trusts only the authorities in a PEM text.</summary>
    /// <exception cref="ArgumentException">The text is null, or has no valid certificate.</exception>
    public static EngineTrust FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException bad)
        {
            throw new ArgumentException($"The text has a certificate that cannot be read: {bad.Message}", nameof(pem), bad);
        }

        return certificates.Count > 0
            ? new EngineTrust(certificates)
            : throw new ArgumentException("The text has no certificate", nameof(pem));
    }

    /// <summary>
    /// Trusts only the engine's own authority, downloaded from the engine (<c>services/pki-resource</c>), if it has the fingerprint that
    /// the caller knows from elsewhere. The engine cannot be verified before its authority is known. So this one request sends no secret,
    /// and its answer is trusted by the fingerprint alone.
    /// </summary>
    /// <param name="engine">The engine's address, as in <see cref="OvirtClientOptions.Url"/>.</param>
    /// <param name="sha256">The fingerprint in hexadecimal, with or without colons, in either case.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="engine"/> is not such an address, or <paramref name="sha256"/> is not a SHA-256.
    /// </exception>
    /// <exception cref="OvirtException">The engine does not answer, or returns another certificate.</exception>
    public static async Task<EngineTrust> PinnedAsync(Uri engine, string sha256, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(sha256);
        var expected = sha256.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
        if (expected.Length != 2 * SHA256.HashSizeInBytes || !expected.All(char.IsAsciiHexDigitUpper))
        {
            throw new ArgumentException("Not a SHA-256 fingerprint in hexadecimal", nameof(sha256));
        }

        return await PkiResource.FetchAsync(engine, expected, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates a handler for <see cref="HttpClient"/> that trusts these authorities and follows no redirect.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (authorities.Count > 0)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Policy() };
        }

        return handler;
    }

    /// <summary>
    /// The policy for verifying the engine's chain, without revocation: the engine's authority publishes no revocation list that a client
    /// could reach.
    /// </summary>
    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
