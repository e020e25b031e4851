namespace Nvdimm.Extensions.Ndctl;

/// <summary>The kind of failure of a run of ndctl.</summary>
public enum NdctlFailure
{
    /// <summary>The program does not exist or may not be executed.</summary>
    NotStarted,

    /// <summary>The program did not end within the time limit and was killed.</summary>
    TimedOut,

    /// <summary>The program ended with an exit status other than 0 and 244.</summary>
    Failed,

    /// <summary>The program printed more than a listing may have and was killed.</summary>
    TooMuchOutput,
}
