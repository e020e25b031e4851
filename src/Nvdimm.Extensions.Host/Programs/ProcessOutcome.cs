namespace Nvdimm.Extensions.Host.Programs;

/// <summary>The outcome of a process that ended by itself.</summary>
/// <param name="Command">The command line, quoted for a shell.</param>
/// <param name="ExitStatus">The exit status; 128 and more if a signal ended it.</param>
/// <param name="Output">The standard output.</param>
/// <param name="Error">The standard error, trimmed, up to 4,096 characters.</param>
internal sealed record ProcessOutcome(string Command, int ExitStatus, string Output, string Error)
{
    private const string Prefix = "error:";

    /// <summary>The standard error on one line. virsh starts each of its lines with "error: ".</summary>
    private string Reason => string.Join(
        "; ",
        Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].TrimStart() : line)
            .Select(line => line.TrimEnd('.'))
            .Where(line => line.Length > 0)
            .Distinct(StringComparer.Ordinal));

    public ProbeException Exception(ProbeFailure failure, string what) =>
        new(Command, failure, $"'{Command}' {what}{(Reason.Length == 0 ? "" : $": {Reason}")}", ExitStatus, Error);
}
