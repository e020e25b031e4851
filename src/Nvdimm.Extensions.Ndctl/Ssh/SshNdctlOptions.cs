using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>
/// How a host is reached with OpenSSH's <c>ssh</c>, which also reads its own configuration. It never asks for a password, and a host whose
/// key is not known already is not talked to. It can be bound to a configuration; whoever takes it reads it once.
/// </summary>
public sealed record SshNdctlOptions
{
    /// <summary>The program: a path, or a name that is looked for in the absolute folders of PATH. Default: <c>ssh</c>.</summary>
    /// <exception cref="ArgumentException">The value is null or empty.</exception>
    public string Program { get; set => field = NotEmpty(value); } = "ssh";

    /// <summary>The user. Default: <c>root</c>, as ndctl tells others less.</summary>
    /// <exception cref="ArgumentException">The value is null or empty, or starts with a hyphen.</exception>
    public string User { get; set => field = NotEmpty(value); } = "root";

    /// <summary>The port, from 1 to 65,535; null, the default, for that of the configuration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int? Port { get; set => field = value is null ? null : InRange(value.Value, 1, ushort.MaxValue); }

    /// <summary>The file with the keys of the hosts; null, the default, for those of the configuration.</summary>
    public string? KnownHostsFile { get; set; }

    /// <summary>The file with the private key; null, the default, for those of the configuration and the agent.</summary>
    public string? IdentityFile { get; set; }

    /// <summary>Whether the commands run under <c>sudo -n</c>. Default: no.</summary>
    public bool UseSudo { get; set; }

    /// <summary>How long one command may take, connecting included: above zero, at most a day. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan TimeLimit { get; set => field = InRange(value, TimeSpan.FromTicks(1), TimeSpan.FromDays(1)); } = TimeSpan.FromSeconds(30);

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

    private static T InRange<T>(T value, T lowest, T highest, [CallerMemberName] string name = "")
        where T : IComparable<T> => value.CompareTo(lowest) >= 0 && value.CompareTo(highest) <= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Not from {lowest} to {highest}");

    private static string NotEmpty(string value, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value[0] == '-' ? throw new ArgumentException($"'{value}' starts with a hyphen: ssh would take it for an option", name) : value;
    }
}
