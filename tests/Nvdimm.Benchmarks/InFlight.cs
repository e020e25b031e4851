using Microsoft.AspNetCore.Http;

namespace Nvdimm.Benchmarks;

/// <summary>Counts the requests that a server has at once.</summary>
internal sealed class InFlight
{
    private readonly Lock gate = new();
    private int now;

    public int Most { get; private set; }

    public Task<bool> CountAsync(HttpContext context)
    {
        lock (gate)
        {
            now++;
            Most = Math.Max(Most, now);
        }

        context.Response.OnCompleted(() =>
        {
            lock (gate)
            {
                now--;
            }

            return Task.CompletedTask;
        });
        return Task.FromResult(true);
    }
}
