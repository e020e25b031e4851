namespace Nvdimm.DevEngine;

/// <summary>The exit statuses of the program.</summary>
internal static class ExitStatus
{
    /// <summary>The program was stopped.</summary>
    public const int Stopped = 0;

    /// <summary>The program cannot listen: the port is taken, or the address is not one of this machine.</summary>
    public const int CannotListen = 1;

    /// <summary>An option is wrong.</summary>
    public const int Usage = 2;
}
