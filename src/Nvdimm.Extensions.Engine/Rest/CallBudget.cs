namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>
/// What one call of the client may spend on logins, requests, repetitions and pauses together. The steps of a call come one after the other;
/// two calls never share a budget.
/// </summary>
internal sealed class CallBudget(OvirtClientOptions options)
{
    /// <summary>A lost answer and a forgotten session: more passwords are of no use, and a directory locks the account.</summary>
    private const int MaxLogins = 2;

    private int repetitions = options.MaxRetries;
    private int logins = MaxLogins;

    /// <summary>The time that is left; zero or less where all is used. Waiting for other calls does not count.</summary>
    public TimeSpan TimeLeft { get; private set; } = options.CallTimeout;

    /// <summary>The bytes of all answers so far.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the password may be sent once more.</summary>
    public bool MayLogIn => logins > 0;

    /// <summary>Notes that the password is sent.</summary>
    public void LogIn() => logins--;

    /// <summary>Whether something may be repeated after a pause.</summary>
    public bool MayRepeatAfter(TimeSpan pause) => repetitions > 0 && TimeLeft > pause;

    /// <summary>Notes a repetition and the pause before it.</summary>
    public void Repeat(TimeSpan pause)
    {
        repetitions--;
        TimeLeft -= pause;
    }

    /// <summary>Notes what a request took.</summary>
    public void Spend(TimeSpan time, long bytes)
    {
        TimeLeft -= time;
        Received += bytes;
    }
}
