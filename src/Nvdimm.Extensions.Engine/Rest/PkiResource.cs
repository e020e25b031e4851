using System.Net.Security;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>Downloads the engine's certificate authority from the engine's own service.</summary>
internal static class PkiResource
{
    private const string Path = "services/pki-resource?resource=ca-certificate&format=X509-PEM-CA";
    private const int LongestPem = 256 << 10;

    /// <summary>Downloads the authority, and checks its fingerprint.</summary>
    public static async Task<EngineTrust> FetchAsync(Uri engine, string sha256, CancellationToken cancellationToken)
    {
        var options = new OvirtClientOptions { Url = engine, Username = "nobody", Password = "none" };
        using var handler = EngineTrust.System.CreateHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => IsOnlyUntrusted(errors);
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var exchange = new HttpExchange(http, options, TimeProvider.System, EngineMeters.Of(factory: null));
        var request = $"GET {Path}";
        var answer = await exchange.SendAsync(
            request,
            () => new HttpRequestMessage(HttpMethod.Get, new Uri(options.Url, Path)),
            new CallBudget(options),
            LongestPem,
            cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw WireFault.Of(request, answer, Secrets.None);
        }

        using var text = answer.OpenText();
        return Trusted(request, await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false), sha256);
    }

    /// <summary>
    /// Whether the only error is an unknown authority, which is expected here. A missing certificate, or one of another machine, is still
    /// refused.
    /// </summary>
    private static bool IsOnlyUntrusted(SslPolicyErrors errors) =>
        (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None;

    private static EngineTrust Trusted(string request, string pem, string sha256)
    {
        EngineTrust trust;
        try
        {
            trust = EngineTrust.FromPem(pem);
        }
        catch (ArgumentException bad)
        {
            throw new OvirtException(request, OvirtFailure.BadAnswer, bad.Message, bad);
        }

        return trust.Fingerprints is [var fingerprint] && string.Equals(fingerprint, sha256, StringComparison.Ordinal)
            ? trust
            : throw new OvirtException(
                request,
                OvirtFailure.BadAnswer,
                $"the engine's authority has the SHA-256 fingerprint {string.Join(", ", trust.Fingerprints)}, not {sha256}");
    }
}
