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
        Password = options.Password ?? File.ReadLines(options.PasswordFile!).FirstOrDefault() ?? "",
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

        if (options.CaFile is not null && options.CaFingerprint is not null)
        {
            yield return "CaFile, CaFingerprint: at most one of them can be used";
        }

        foreach (var file in new[] { options.PasswordFile, options.CaFile }.OfType<string>().Where(file => !File.Exists(file)))
        {
            yield return $"{file}: no such file";
        }

        if (options.Url is not null && Fault(options) is { } fault)
        {
            yield return fault;
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
