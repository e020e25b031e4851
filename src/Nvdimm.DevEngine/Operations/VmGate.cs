namespace Nvdimm.DevEngine.Operations;

/// <summary>Serializes changes to running VMs, so that the recorded state agrees with libvirt's.</summary>
internal sealed class VmGate : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Runs an action while no other action runs.</summary>
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
