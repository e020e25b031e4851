namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>
/// How a host is reached with OpenSSH's <c>ssh</c>, which also reads its own configuration. It never asks for a password, and a host whose
/// key is not known already is not talked to.
/// </summary>
public sealed record SshNdctlOptions
{
    private static readonly TimeSpan MaximumTimeLimit = TimeSpan.FromDays(1);

    /// <summary>The program: a path, or a name that is looked for in the absolute folders of PATH. Default: <c>ssh</c>.</summary>
    /// <exception cref="ArgumentException">The value is null or empty.</exception>
    public string Program { get; init => field = NotEmpty(value); } = "ssh";

    /// <summary>The user. Default: <c>root</c>, as ndctl tells others less.</summary>
    /// <exception cref="ArgumentException">The value is null or empty, or starts with a hyphen.</exception>
    public string User { get; init => field = NotEmpty(value); } = "root";

    /// <summary>The port, from 1 to 65,535; null, the default, for that of the configuration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int? Port
    {
        get;
        init
        {
            if (value is < 1 or > ushort.MaxValue)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Not from 1 to 65535");
            }

            field = value;
        }
    }

    /// <summary>The file with the keys of the hosts; null, the default, for those of the configuration.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>The file with the private key; null, the default, for those of the configuration and the agent.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Whether the commands run under <c>sudo -n</c>. Default: no.</summary>
    public bool UseSudo { get; init; }

    /// <summary>How long one command may take, connecting included: above zero, at most a day. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan TimeLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumTimeLimit);
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>The arguments of <c>ssh</c> that run a command on a host.</summary>
    internal string[] Arguments(string host, string command) =>
    [
        "-T",
        "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=yes",
        "-o", "ClearAllForwardings=yes",
        .. KnownHostsFile is { } known ? ["-o", $"UserKnownHostsFile=\"{known}\"", "-o", "GlobalKnownHostsFile=/dev/null"] : Array.Empty<string>(),
        .. IdentityFile is { } identity ? ["-o", "IdentitiesOnly=yes", "-i", identity] : Array.Empty<string>(),
        .. Port is { } port ? ["-p", $"{port}"] : Array.Empty<string>(),
        "-l", User,
        "--", host,
        UseSudo ? $"sudo -n {command}" : command,
    ];

    private static string NotEmpty(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return value[0] == '-' ? throw new ArgumentException("It starts with a hyphen", nameof(value)) : value;
    }
}
