namespace Nvdimm.Extensions.Ndctl;

/// <summary>ndctl could not be run, or failed as a whole. Nothing may be concluded about the host's devices.</summary>
public sealed class NdctlException : Exception
{
    internal NdctlException(string command, NdctlFailure failure, string message, int? exitStatus = null, string? standardError = null, Exception? inner = null)
        : base(message, inner)
    {
        Command = command;
        Failure = failure;
        ExitStatus = exitStatus;
        StandardError = standardError;
    }

    /// <summary>The command that was asked for.</summary>
    public string Command { get; }

    /// <summary>What happened.</summary>
    public NdctlFailure Failure { get; }

    /// <summary>The exit status, where ndctl ended by itself.</summary>
    public int? ExitStatus { get; }

    /// <summary>What it wrote to standard error, up to 4,096 characters.</summary>
    public string? StandardError { get; }
}
