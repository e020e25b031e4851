namespace Nvdimm.Cli;

/// <summary>The exit statuses. If several apply, the largest of 3, 4 and 5 wins.</summary>
internal static class ExitStatus
{
    /// <summary>The command succeeded, possibly with warnings.</summary>
    public const int Good = 0;

    /// <summary>No data is at risk, but something should be done.</summary>
    public const int Advice = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Refused by a rule, by sizing, or by the last use of a device.</summary>
    public const int Refused = 3;

    /// <summary>A file cannot be read, or does not have the expected content.</summary>
    public const int BadInput = 4;

    /// <summary>The host or a program failed; a device, a record or a use could not be read.</summary>
    public const int Failed = 5;

    /// <summary>The installed programs do not behave as predicted.</summary>
    public const int Drift = 6;

    /// <summary>There is nothing to restore, and nothing was changed.</summary>
    public const int NothingToRestore = 7;

    /// <summary>Some cases could not be probed; in all others the installed programs behave as predicted.</summary>
    public const int Incomplete = 8;

    /// <summary>Ended by SIGINT, in the shells' convention: 128 plus the number of the signal.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM, in the same convention.</summary>
    public const int Terminated = 143;
}
