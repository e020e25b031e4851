namespace Nvdimm.DevEngine;

/// <summary>The exit statuses of the program.</summary>
internal static class ExitStatus
{
    /// <summary>It was stopped.</summary>
    public const int Stopped = 0;

    /// <summary>It cannot listen: the port is taken, or the address is not one of this machine.</summary>
    public const int CannotListen = 1;

    /// <summary>An option is wrong.</summary>
    public const int Usage = 2;
}
