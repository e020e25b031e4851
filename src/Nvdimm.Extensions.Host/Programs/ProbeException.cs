namespace Nvdimm.Extensions.Host.Programs;

/// <summary>The installed programs could not be probed. Nothing is known about their behaviour.</summary>
public sealed class ProbeException : Exception
{
    /// <summary>Creates the exception; also for tests of callers.</summary>
    /// <param name="command">The command line, quoted for a shell.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="message">What failed, and why.</param>
    /// <param name="exitStatus">The exit status; null if the program did not end by itself.</param>
    /// <param name="standardError">The program's standard error; null if it is not known.</param>
    /// <param name="inner">The cause; null if there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="command"/> or <paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="failure"/> is not a defined value.</exception>
    public ProbeException(
        string command, ProbeFailure failure, string message, int? exitStatus = null, string? standardError = null, Exception? inner = null)
        : base(message, inner)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(message);
        Command = command;
        Failure = EnumArgument.Checked(failure, last: ProbeFailure.NoScratchFile, nameof(failure));
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

/// <summary>The kinds of failure of a probe of the installed programs.</summary>
public enum ProbeFailure
{
    /// <summary>The program does not exist, or we lack the right to run it.</summary>
    NotStarted,

    /// <summary>The program did not end within the time limit, and was ended.</summary>
    TimedOut,

    /// <summary>The program failed for a reason unrelated to NVDIMMs: no connection, an unknown machine, a signal.</summary>
    Failed,

    /// <summary>The program printed too much, and was ended.</summary>
    TooMuchOutput,

    /// <summary>The program succeeded, but its output is not in the expected format.</summary>
    Unreadable,

    /// <summary>The sparse file that stands for the device could not be created.</summary>
    NoScratchFile,
}
