namespace Nvdimm.Extensions.Ndctl;

/// <summary>A program run that ended by itself.</summary>
/// <param name="Command">The command, for messages.</param>
/// <param name="ExitStatus">Its exit status.</param>
/// <param name="Output">Its standard output, positioned at the start.</param>
/// <param name="Error">Its standard error, up to 4,096 characters.</param>
internal sealed record FinishedRun(string Command, int ExitStatus, MemoryStream Output, string Error) : IDisposable
{
    /// <summary>Creates the exception if the run counts as a failure.</summary>
    public NdctlException Failed() =>
        new(Command, NdctlFailure.Failed, $"'{Command}' failed with exit status {ExitStatus}: {Error}", ExitStatus, Error);

    public void Dispose() => Output.Dispose();
}
