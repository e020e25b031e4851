namespace Nvdimm.Cli;

/// <summary>The exit statuses. Where several apply, the largest: 5 over 4 over 3.</summary>
internal static class ExitStatus
{
    /// <summary>Good, warnings included.</summary>
    public const int Good = 0;

    /// <summary>No data is at risk, but something should be done.</summary>
    public const int Advice = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Refused by a rule, by sizing, or by the last use of a device.</summary>
    public const int Refused = 3;

    /// <summary>A file cannot be read, or does not say what it should.</summary>
    public const int BadInput = 4;

    /// <summary>The host or a program failed; a device, a record or a use could not be read.</summary>
    public const int Failed = 5;

    /// <summary>The installed programs do something else than predicted.</summary>
    public const int Drift = 6;

    /// <summary>There is nothing to restore: everything is as it was before.</summary>
    public const int NothingToRestore = 7;

    /// <summary>Some cases could not be probed; the installed programs do what is predicted in all others.</summary>
    public const int Incomplete = 8;

    /// <summary>Interrupted, as shells count it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM, counted the same way.</summary>
    public const int Terminated = 143;
}
