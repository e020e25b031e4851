using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>Does the same for many things, several at once, and gives the results in the order of the things.</summary>
internal static class Window
{
    /// <summary>The results. Never more than <paramref name="width"/> are under way or wait to be read.</summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> items, int width, Func<T, CancellationToken, Task<TResult>> select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<TResult>>();
        try
        {
            await foreach (var item in items.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                underWay.Enqueue(select(item, stop.Token));
                if (underWay.Count == width)
                {
                    yield return await underWay.Dequeue().ConfigureAwait(false);
                }
            }

            while (underWay.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            // Whoever stops reading, or fails, leaves nothing running behind.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(underWay.Select(task => task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default))).ConfigureAwait(false);
        }
    }
}
