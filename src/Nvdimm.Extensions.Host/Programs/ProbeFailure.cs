namespace Nvdimm.Extensions.Host.Programs;

/// <summary>How a probe of the installed programs failed.</summary>
public enum ProbeFailure
{
    /// <summary>The program is not there or may not be executed.</summary>
    NotStarted,

    /// <summary>It did not end within the time limit and was ended.</summary>
    TimedOut,

    /// <summary>It failed for a reason that has nothing to do with an NVDIMM: no connection, an unknown machine, a signal.</summary>
    Failed,

    /// <summary>It printed more than it may and was ended.</summary>
    TooMuchOutput,

    /// <summary>It ended well, but what it printed is not what such a program prints.</summary>
    Unreadable,

    /// <summary>The sparse file that stands for the device could not be made.</summary>
    NoScratchFile,
}
