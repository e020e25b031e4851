using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>
/// Checks all options of an engine when the program starts, not when the first request fails. It never shows the password.
/// </summary>
internal sealed class OvirtEngineOptionsCheck : IValidateOptions<OvirtEngineOptions>
{
    private static readonly Uri AnyUrl = new("https://engine/");

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, OvirtEngineOptions options)
    {
        var faults = new OptionFaults(nameof(OvirtEngineOptions), name);
        CheckUrl(options, faults);
        faults.Try(
            nameof(options.Username),
            options.Username,
            () => _ = new OvirtClientOptions { Url = AnyUrl, Username = options.Username, Password = "-" });
        CheckPassword(options, faults);
        CheckTrust(options, faults);
        faults.Try(
            nameof(options.MaxRequestsInFlight),
            options.MaxRequestsInFlight,
            () => _ = new OvirtClientOptions
            {
                Url = AnyUrl,
                Username = "-",
                Password = "-",
                MaxRequestsInFlight = options.MaxRequestsInFlight,
            });
        faults.Try(
            nameof(options.MaxRetries),
            options.MaxRetries,
            () => _ = new OvirtClientOptions { Url = AnyUrl, Username = "-", Password = "-", MaxRetries = options.MaxRetries });
        faults.Try(
            nameof(options.AttemptTimeout),
            options.AttemptTimeout,
            () => _ = new OvirtClientOptions { Url = AnyUrl, Username = "-", Password = "-", AttemptTimeout = options.AttemptTimeout });
        return faults.Result;
    }

    /// <summary>Converts the options to those of the client.</summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="IOException">The password file cannot be read.</exception>
    public static OvirtClientOptions ToClient(OvirtEngineOptions options) => new()
    {
        Url = options.Url!,
        Username = options.Username,
        Password = PasswordOf(options),
        MaxRequestsInFlight = options.MaxRequestsInFlight,
        MaxRetries = options.MaxRetries,
        AttemptTimeout = options.AttemptTimeout,
        AllowUnencrypted = options.AllowUnencrypted,
    };

    private static void CheckUrl(OvirtEngineOptions options, OptionFaults faults)
    {
        if (options.Url is not { } url)
        {
            faults.Add(nameof(options.Url), value: null, "the engine's address is needed, such as https://engine.example.org/ovirt-engine");
            return;
        }

        OvirtClientOptions? client = null;
        faults.Try(
            nameof(options.Url),
            url,
            () => client = new OvirtClientOptions
            {
                Url = url,
                Username = "-",
                Password = "-",
                AllowUnencrypted = options.AllowUnencrypted,
            });
        if (client is { IsTransportAllowed: false })
        {
            faults.Add(nameof(options.Url), url, "http sends the password unencrypted; use https, or set AllowUnencrypted");
        }
    }

    private static void CheckPassword(OvirtEngineOptions options, OptionFaults faults)
    {
        if (string.IsNullOrEmpty(options.PasswordFile))
        {
            if (string.IsNullOrEmpty(options.Password))
            {
                faults.Add(nameof(options.Password), value: null, "there is none; set it, or PasswordFile");
            }
        }
        else if (!string.IsNullOrEmpty(options.Password))
        {
            faults.Add(nameof(options.PasswordFile), options.PasswordFile, "Password is set, too; set only one of them");
        }
        else
        {
            faults.Try(
                nameof(options.PasswordFile),
                options.PasswordFile,
                () => _ = PasswordOf(options).Length > 0 ? true : throw new InvalidDataException("the first line has no password"));
        }
    }

    private static void CheckTrust(OvirtEngineOptions options, OptionFaults faults)
    {
        if (options.CaFile is { } file)
        {
            faults.Try(nameof(options.CaFile), file, () => EngineTrust.FromFile(file));
        }

        if (options.CaFingerprint is { } fingerprint)
        {
            if (options.CaFile is not null)
            {
                faults.Add(nameof(options.CaFingerprint), fingerprint, "CaFile is set, too; set only one of them");
            }

            if (!IsFingerprint(fingerprint))
            {
                faults.Add(nameof(options.CaFingerprint), fingerprint, "a SHA-256 in hexadecimal is needed, with or without colons");
            }
        }
    }

    /// <summary>The password. An empty password counts as none, since a configuration may have the key without a value.</summary>
    private static string PasswordOf(OvirtEngineOptions options) =>
        !string.IsNullOrEmpty(options.Password) ? options.Password : File.ReadLines(options.PasswordFile!).FirstOrDefault() ?? "";

    private static bool IsFingerprint(string text) =>
        text.Replace(":", "", StringComparison.Ordinal) is { Length: 2 * SHA256.HashSizeInBytes } digits
        && digits.All(char.IsAsciiHexDigit);
}
