namespace Nvdimm.Extensions.Host.Programs;

/// <summary>The installed programs could not be probed. Nothing is known about their behaviour.</summary>
public sealed class ProbeException : Exception
{
    internal ProbeException(
        string command, ProbeFailure failure, string message, int? exitStatus = null, string? standardError = null, Exception? inner = null)
        : base(message, inner)
    {
        Command = command;
        Failure = failure;
        ExitStatus = exitStatus;
        StandardError = standardError;
    }

    /// <summary>The same failure, with the probed case added.</summary>
    internal ProbeException At(string probed) =>
        new(Command, Failure, $"{Message} (at the case of {probed})", ExitStatus, StandardError, this);

    /// <summary>The command line, quoted for a shell; for <see cref="ProbeFailure.NoScratchFile"/> the folder.</summary>
    public string Command { get; }

    /// <summary>The kind of failure.</summary>
    public ProbeFailure Failure { get; }

    /// <summary>The exit status, if the program ended by itself; 128 and more if a signal ended it.</summary>
    public int? ExitStatus { get; }

    /// <summary>The program's standard error, up to 4,096 characters.</summary>
    public string? StandardError { get; }
}
