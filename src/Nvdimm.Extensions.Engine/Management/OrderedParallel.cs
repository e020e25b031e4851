using System.Runtime.CompilerServices;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>Runs a function on many items, several at once, and returns the results in the order of the items.</summary>
internal static class OrderedParallel
{
    /// <summary>Returns the results lazily. At most <paramref name="width"/> calls are running or wait to be read.</summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> items,
        int width,
        Func<T, CancellationToken, Task<TResult>> select,
        [EnumeratorCancellation] CancellationToken cancellationToken)
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
            // If the caller stops reading, or a call fails, all running calls are cancelled and awaited.
            await stop.CancelAsync().ConfigureAwait(false);
            var ended = underWay.Select(task =>
                task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
            await Task.WhenAll(ended).ConfigureAwait(false);
        }
    }
}
