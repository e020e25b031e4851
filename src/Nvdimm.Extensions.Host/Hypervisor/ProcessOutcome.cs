namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>What came of a process that ended by itself.</summary>
/// <param name="Command">Its command line, quoted for a shell.</param>
/// <param name="ExitStatus">Its exit status; 128 and more where a signal ended it.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error, trimmed, up to 4,096 characters.</param>
internal sealed record ProcessOutcome(string Command, int ExitStatus, string Output, string Error)
{
    public ProbeException Exception(ProbeFailure failure, string what) =>
        new(Command, failure, $"'{Command}' {what}{(Error.Length == 0 ? "" : $": {Error}")}", ExitStatus, Error);
}
