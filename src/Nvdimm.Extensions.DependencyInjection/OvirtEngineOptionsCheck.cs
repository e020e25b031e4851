using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Checks the options of an engine at the start, all of them, not when the first request fails.</summary>
internal sealed class OvirtEngineOptionsCheck : IValidateOptions<OvirtEngineOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, OvirtEngineOptions options)
    {
        var faults = Faults(options).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>The options as the client takes them.</summary>
    /// <exception cref="ArgumentException">They are not valid.</exception>
    /// <exception cref="IOException">The file of the password cannot be read.</exception>
    public static OvirtClientOptions ToClient(OvirtEngineOptions options) => new()
    {
        Url = options.Url!,
        Username = options.Username,
        Password = PasswordOf(options),
        MaxRequestsInFlight = options.MaxRequestsInFlight,
        MaxRetries = options.MaxRetries,
        AttemptTimeout = options.AttemptTimeout,
    };

    private static IEnumerable<string> Faults(OvirtEngineOptions options)
    {
        if (options.Url is null)
        {
            yield return "Url: the engine's address is needed, such as https://engine.example.org/ovirt-engine";
        }

        if (string.IsNullOrEmpty(options.Password) == string.IsNullOrEmpty(options.PasswordFile))
        {
            yield return "Password, PasswordFile: exactly one of them is needed";
        }

        else if (Reading(() => PasswordOf(options).Length > 0 ? true : throw new InvalidDataException("the first line has no password")) is { } unread)
        {
            yield return $"PasswordFile: {unread}";
        }

        if (options.CaFile is not null && options.CaFingerprint is not null)
        {
            yield return "CaFile, CaFingerprint: at most one of them can be used";
        }

        if (options.CaFile is { } file && Reading(() => EngineTrust.FromFile(file)) is { } bad)
        {
            yield return $"CaFile: {bad}";
        }

        if (options.CaFingerprint is { } fingerprint && !IsFingerprint(fingerprint))
        {
            yield return "CaFingerprint: a SHA-256 in hexadecimal is needed, with or without colons";
        }

        if (options.Url is not null && Fault(options) is { } fault)
        {
            yield return fault;
        }
    }

    /// <summary>An empty password is none: a configuration has its key in any case.</summary>
    private static string PasswordOf(OvirtEngineOptions options) =>
        !string.IsNullOrEmpty(options.Password) ? options.Password : File.ReadLines(options.PasswordFile!).FirstOrDefault() ?? "";

    private static bool IsFingerprint(string text) =>
        text.Replace(":", "", StringComparison.Ordinal) is { Length: 2 * SHA256.HashSizeInBytes } digits && digits.All(char.IsAsciiHexDigit);

    /// <summary>Why something cannot be read; null where it can.</summary>
    private static string? Reading<T>(Func<T> read)
    {
        try
        {
            _ = read();
            return null;
        }
        catch (Exception unread) when (unread is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            return unread.Message;
        }
    }

    /// <summary>What the client would object to, without the password.</summary>
    private static string? Fault(OvirtEngineOptions options)
    {
        try
        {
            _ = new OvirtClientOptions
            {
                Url = options.Url!,
                Username = options.Username,
                Password = "-",
                MaxRequestsInFlight = options.MaxRequestsInFlight,
                MaxRetries = options.MaxRetries,
                AttemptTimeout = options.AttemptTimeout,
            };
            return null;
        }
        catch (ArgumentException bad)
        {
            return bad.Message;
        }
    }
}
