namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// Limits the logins, requests, repetitions and pauses of one call of the client together. The steps of a call run one after the other; two
/// calls never share a budget. Not safe for use by several threads.
/// </summary>
internal sealed class CallBudget(OvirtClientOptions options)
{
    /// <summary>
    /// Two logins are enough for a lost answer and an expired session. Sending the password more often would make a directory lock the
    /// account.
    /// </summary>
    private const int MaxLogins = 2;

    private int repetitions = options.MaxRetries;
    private int logins = MaxLogins;

    /// <summary>The time left; zero or negative if it is used up. Waiting for other calls does not count.</summary>
    public TimeSpan TimeLeft { get; private set; } = options.CallTimeout;

    /// <summary>The number of bytes of all answers so far.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the password may be sent again.</summary>
    public bool MayLogIn => logins > 0;

    /// <summary>Counts a login.</summary>
    public void LogIn() => logins--;

    /// <summary>Whether a request may be repeated after a pause.</summary>
    public bool MayRepeatAfter(TimeSpan pause) => repetitions > 0 && TimeLeft > pause;

    /// <summary>Counts a repetition and the pause before it.</summary>
    public void Repeat(TimeSpan pause)
    {
        repetitions--;
        TimeLeft -= pause;
    }

    /// <summary>Counts the time and the bytes of a request.</summary>
    public void Spend(TimeSpan time, long bytes)
    {
        TimeLeft -= time;
        Received += bytes;
    }
}
