using System.Net;
using Nvdimm.Cli;

namespace Nvdimm.EngineService;

/// <summary>
/// The options of the service, as <c>nvdimm engine serve</c> hands them over: <c>--name=value</c>, each once. Immutable; safe for use by
/// several threads.
/// </summary>
internal sealed record ServiceOptions
{
    private static readonly string[] Known =
        ["url", "ca-file", "listen", "certificate", "key", "inventory", "ssh-user", "record"];

    /// <summary>The engine's address, such as <c>https://engine.example.org/ovirt-engine</c>: https, or http on this machine.</summary>
    public required Uri Url { get; init; }

    /// <summary>The PEM file with the authority of the engine's certificate; null for the authorities that this system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>The address and port to listen on. Without a certificate it is a loopback address. Default: 127.0.0.1, port 8701.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8701);

    /// <summary>The PEM file with the service's certificate, and with those between it and its authority; null for plain HTTP.</summary>
    public string? Certificate { get; init; }

    /// <summary>The PEM file with the key of <see cref="Certificate"/>; null if there is none.</summary>
    public string? Key { get; init; }

    /// <summary>How the devices of the hosts are read: <c>ssh</c>, or a folder with files <c>HOST.json</c>. Default: ssh.</summary>
    public string Inventory { get; init; } = "ssh";

    /// <summary>The user for SSH. Default: root.</summary>
    public string SshUser { get; init; } = "root";

    /// <summary>The file with the attachment records; null if none are kept.</summary>
    public string? Record { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ServiceOptionException">An argument is wrong.</exception>
    public static ServiceOptions Read(IEnumerable<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (argument.Split('=', 2) is not ([var name, { Length: > 0 } value]) || !name.StartsWith("--", StringComparison.Ordinal)
                || !Known.Contains(name[2..], StringComparer.Ordinal) || !values.TryAdd(name[2..], value))
            {
                throw Wrong($"'{argument}' is no option of the service. Start it with 'nvdimm engine serve'");
            }
        }

        var defaults = new ServiceOptions { Url = UrlOf(values.GetValueOrDefault("url")) };
        return Checked(defaults with
        {
            CaFile = values.GetValueOrDefault("ca-file"),
            Listen = values.TryGetValue("listen", out var listen) ? EndPointOf(listen) : defaults.Listen,
            Certificate = values.GetValueOrDefault("certificate"),
            Key = values.GetValueOrDefault("key"),
            Inventory = values.GetValueOrDefault("inventory") ?? defaults.Inventory,
            SshUser = values.GetValueOrDefault("ssh-user") ?? defaults.SshUser,
            Record = values.GetValueOrDefault("record"),
        });
    }

    private static ServiceOptions Checked(ServiceOptions options) => options switch
    {
        { Certificate: null, Key: not null } or { Certificate: not null, Key: null } =>
            throw Wrong("--certificate and --key belong together: give both, or neither"),
        { Certificate: null } when !IPAddress.IsLoopback(options.Listen.Address) => throw Wrong(
            $"--listen: plain http on {options.Listen} would show the users' tokens to the network. "
            + "Give --certificate and --key, or listen on 127.0.0.1 behind the engine's Apache"),
        _ => options,
    };

    private static Uri UrlOf(string? text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")
            || url.UserInfo.Length + url.Query.Length + url.Fragment.Length > 0
            ? throw Wrong($"--url: '{text}' is not an address such as https://engine.example.org/ovirt-engine")
            : url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback
                ? throw Wrong($"--url: {url} is plain http to another machine: whoever is on the way could read the tokens. Use https")
                : url.AbsolutePath.TrimEnd('/').EndsWith("/api", StringComparison.Ordinal)
                    ? throw Wrong($"--url: {url} is the address of the API. Name the engine's, without /api")
                    : url;

    private static IPEndPoint EndPointOf(string text) =>
        IPEndPoint.TryParse(text, out var address) && text.EndsWith($":{address.Port}", StringComparison.Ordinal)
            ? address
            : throw Wrong($"--listen: '{text}' is not an address with a port, such as 127.0.0.1:8701, [::1]:8701 or 0.0.0.0:8701");

    private static ServiceOptionException Wrong(string message) => new(ExitStatus.Usage, message);
}
