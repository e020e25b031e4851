namespace Nvdimm.Extensions.Ndctl;

/// <summary>ndctl could not be run, or failed as a whole. Then nothing is known of the host's devices.</summary>
public sealed class NdctlException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="command">The command that was run.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="message">The failure in words.</param>
    /// <param name="exitStatus">The exit status; null if ndctl did not end by itself.</param>
    /// <param name="standardError">The standard error of ndctl; null if there is none.</param>
    /// <param name="inner">The cause; null if there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="command"/> or <paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="failure"/> is not a defined value.</exception>
    public NdctlException(
        string command,
        NdctlFailure failure,
        string message,
        int? exitStatus = null,
        string? standardError = null,
        Exception? inner = null)
        : base(message, inner)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(message);
        Command = command;
        Failure = EnumArgument.Checked(failure, last: NdctlFailure.TooMuchOutput, nameof(failure));
        ExitStatus = exitStatus;
        StandardError = standardError;
    }

    /// <summary>The command that was run.</summary>
    public string Command { get; }

    /// <summary>The kind of failure.</summary>
    public NdctlFailure Failure { get; }

    /// <summary>The exit status; null if ndctl did not end by itself.</summary>
    public int? ExitStatus { get; }

    /// <summary>The standard error of ndctl, up to 4,096 characters; null if there is none.</summary>
    public string? StandardError { get; }
}

/// <summary>The kind of failure of a run of ndctl.</summary>
public enum NdctlFailure
{
    /// <summary>The program does not exist or may not be executed.</summary>
    NotStarted,

    /// <summary>The program did not end within the time limit and was killed.</summary>
    TimedOut,

    /// <summary>The program ended with an exit status other than 0 and 244.</summary>
    Failed,

    /// <summary>The program printed more than a listing may have and was killed.</summary>
    TooMuchOutput,
}
