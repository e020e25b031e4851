using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>
/// How to reach a host with OpenSSH's <c>ssh</c>, which also reads its own configuration. It never asks for a password, and refuses a host
/// whose key is not known. It can be bound to a configuration. Mutable: do not change it while a runner uses it.
/// </summary>
public sealed record SshNdctlOptions
{
    /// <summary>The program: a path, or a name that is searched for in the absolute folders of PATH. Default: <c>ssh</c>.</summary>
    /// <exception cref="ArgumentException">The value is null or empty.</exception>
    public string Program { get; set => field = NotEmpty(value); } = "ssh";

    /// <summary>The user. Default: <c>root</c>, since ndctl shows other users less.</summary>
    /// <exception cref="ArgumentException">The value is null or empty, or starts with a hyphen.</exception>
    public string User { get; set => field = NotEmpty(value); } = "root";

    /// <summary>The port, from 1 to 65,535. Default: null, the port of the configuration of <c>ssh</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int? Port { get; set => field = value is null ? null : InRange(value.Value, 1, ushort.MaxValue); }

    /// <summary>The file with the keys of the hosts. Default: null, the files of the configuration of <c>ssh</c>.</summary>
    public string? KnownHostsFile { get; set; }

    /// <summary>The file with the private key. Default: null, the keys of the configuration of <c>ssh</c> and of the agent.</summary>
    public string? IdentityFile { get; set; }

    /// <summary>Whether to run the commands with <c>sudo -n</c>. Default: no.</summary>
    public bool UseSudo { get; set; }

    /// <summary>The time limit of one command, including the connection: above zero, at most a day. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan TimeLimit
    {
        get;
        set => field = InRange(value, TimeSpan.FromTicks(1), TimeSpan.FromDays(1));
    } = TimeSpan.FromSeconds(30);

    /// <summary>The arguments of <c>ssh</c> that run a command on a host.</summary>
    internal string[] Arguments(string host, string command) =>
    [
        "-T",
        "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=yes",
        "-o", "ClearAllForwardings=yes",
        .. KnownHostsFile is { } hostKeys
            ? ["-o", $"UserKnownHostsFile=\"{hostKeys}\"", "-o", "GlobalKnownHostsFile=/dev/null"]
            : Array.Empty<string>(),
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
        return value[0] == '-'
            ? throw new ArgumentException($"'{value}' starts with a hyphen: ssh would take it for an option", name)
            : value;
    }
}
