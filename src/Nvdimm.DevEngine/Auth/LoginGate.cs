using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Auth;

/// <summary>
/// Slows down guesses at one user's password. After some wrong passwords in a row every login waits in a short queue and pauses before the
/// comparison. The same holds until the slow comparison has succeeded once. The correct password always gets through: nothing is locked,
/// and each pause ends.
/// </summary>
/// <param name="time">The clock, for the pauses.</param>
/// <param name="fast">Compares at once; returns null if only the slow comparison can tell.</param>
/// <param name="slow">Compares with much work; null if the fast comparison can always tell.</param>
internal sealed class LoginGate(TimeProvider time, Func<string, bool?> fast, Func<string, bool>? slow) : IDisposable
{
    /// <summary>The number of wrong passwords in a row that cause no pause.</summary>
    public const int FreeFailures = 3;

    /// <summary>The number of logins that can wait behind the one being compared; further logins are refused.</summary>
    public const int QueueLength = 16;

    /// <summary>The longest pause before a comparison.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim turn = new(1);
    private int waiting;
    private int failures;

    /// <summary>Whether a password is right.</summary>
    /// <exception cref="ApiFaultException">The queue is full.</exception>
    public async Task<bool> IsRightAsync(string password, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref failures) < FreeFailures && fast(password) is { } isRight)
        {
            return Counted(isRight);
        }

        try
        {
            if (Interlocked.Increment(ref waiting) > QueueLength + 1)
            {
                throw ApiFaultException.TooMany("Too many logins of this user at once. Try again in a few seconds.");
            }

            await turn.WaitAsync(cancellationToken);
            try
            {
                await Task.Delay(Pause(), time, cancellationToken);
                return Counted(fast(password) ?? await Task.Run(() => slow!(password), cancellationToken));
            }
            finally
            {
                turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private bool Counted(bool isRight)
    {
        if (isRight)
        {
            Volatile.Write(ref failures, 0);
        }
        else
        {
            Interlocked.Increment(ref failures);
        }

        return isRight;
    }

    /// <summary>The pause before a comparison. It doubles with each failure beyond the free ones.</summary>
    private TimeSpan Pause()
    {
        var beyond = Volatile.Read(ref failures) - FreeFailures;
        return beyond < 0 ? TimeSpan.Zero
            : FirstPause * Math.Pow(2, Math.Min(beyond, 10)) is var pause && pause < LongestPause ? pause
            : LongestPause;
    }
}
