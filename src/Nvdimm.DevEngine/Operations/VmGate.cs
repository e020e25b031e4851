namespace Nvdimm.DevEngine.Operations;

/// <summary>Whoever changes what runs holds the gate, so that what libvirt says and what is written down belong together.</summary>
internal sealed class VmGate : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Does something while nobody else does.</summary>
    public async Task<T> HoldingAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();
}
