namespace Nvdimm.DevEngine.Tests;

/// <summary>A clock that goes on only when it is told to, and when something waits: a pause ends at once, and is over by this clock.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock changing = new();
    private DateTimeOffset now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (changing)
        {
            return now;
        }
    }

    public void Advance(TimeSpan time)
    {
        lock (changing)
        {
            now += time;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Advance(dueTime);
        }

        return base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
