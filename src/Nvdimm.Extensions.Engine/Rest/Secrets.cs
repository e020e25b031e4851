using System.Net;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// The password and the tokens of a client, and how to mask them in texts: a server, or a proxy, can repeat what it was sent.
/// </summary>
/// <param name="password">The password; empty for a client without one.</param>
internal sealed class Secrets(string password)
{
    private const string Mask = "***";

    /// <summary>Keeps the current token and the previous one, to which a slow answer can still refer.</summary>
    private const int KeptTokens = 2;

    private readonly string[] ofPassword = FormsOf(password);
    private volatile string[][] ofTokens = [];

    /// <summary>For requests that send no secret.</summary>
    public static Secrets None { get; } = new("");

    /// <summary>Adds a token. Not safe for use by several threads; the caller holds a lock.</summary>
    public void Add(string token) => ofTokens = [.. ofTokens.TakeLast(KeptTokens - 1), FormsOf(token)];

    /// <summary>Masks the secrets in a text, plain or as forms, addresses, JSON and HTML encode them.</summary>
    public string MaskIn(string text)
    {
        foreach (var form in ofTokens.Append(ofPassword).SelectMany(forms => forms))
        {
            text = text.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>
    /// Returns the failure with masked texts; null if it contains no secret. An inner exception with a secret is left out, since its texts
    /// cannot be changed.
    /// </summary>
    public OvirtException? Masked(OvirtException failure)
    {
        var (detail, reason) = (MaskIn(failure.Detail), failure.Reason is null ? null : MaskIn(failure.Reason));
        var isInnerClean = failure.InnerException?.ToString() is not { } inner || MaskIn(inner) == inner;
        return isInnerClean && detail == failure.Detail && reason == failure.Reason
            ? null
            : FailureCopy.Of(failure, detail, reason, isInnerClean ? failure.InnerException : null);
    }

    /// <summary>All encodings of a secret, the longest first, so that no part of a longer one remains.</summary>
    private static string[] FormsOf(string secret) => secret.Length == 0
        ? []
        :
        [
            .. new[]
                {
                    secret,
                    WebUtility.UrlEncode(secret),
                    Uri.EscapeDataString(secret),
                    WebUtility.HtmlEncode(secret),
                    JsonConvert.ToString(secret)[1..^1],
                }
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(form => form.Length),
        ];
}
