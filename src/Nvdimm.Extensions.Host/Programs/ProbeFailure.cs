namespace Nvdimm.Extensions.Host.Programs;

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
