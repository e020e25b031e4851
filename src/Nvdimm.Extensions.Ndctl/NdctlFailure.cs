namespace Nvdimm.Extensions.Ndctl;

/// <summary>How running ndctl failed.</summary>
public enum NdctlFailure
{
    /// <summary>The program is not there or may not be executed.</summary>
    NotStarted,

    /// <summary>It did not end within the time limit and was ended.</summary>
    TimedOut,

    /// <summary>It ended with an exit status other than 0 and 244.</summary>
    Failed,

    /// <summary>It printed more than a listing may have and was ended.</summary>
    TooMuchOutput,
}
