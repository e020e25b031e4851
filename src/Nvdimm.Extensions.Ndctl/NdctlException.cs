namespace Nvdimm.Extensions.Ndctl;

/// <summary>ndctl could not be run, or failed as a whole. Then nothing is known of the host's devices.</summary>
public sealed class NdctlException : Exception
{
    internal NdctlException(
        string command,
        NdctlFailure failure,
        string message,
        int? exitStatus = null,
        string? standardError = null,
        Exception? inner = null)
        : base(message, inner)
    {
        Command = command;
        Failure = failure;
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
