using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Sends with the trust that the options ask for. It is made at the first request: the engine's own authority has to be fetched.</summary>
internal sealed class TrustedHandler(OvirtEngineOptions options) : HttpMessageHandler
{
    private readonly SemaphoreSlim making = new(1);
    private volatile HttpMessageInvoker? invoker;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await (await InvokerAsync(cancellationToken).ConfigureAwait(false)).SendAsync(request, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            invoker?.Dispose();
            making.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<HttpMessageInvoker> InvokerAsync(CancellationToken cancellationToken)
    {
        if (invoker is { } made)
        {
            return made;
        }

        await making.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return invoker ??= new HttpMessageInvoker((await TrustAsync(cancellationToken).ConfigureAwait(false)).CreateHandler(), disposeHandler: true);
        }
        finally
        {
            making.Release();
        }
    }

    private async Task<EngineTrust> TrustAsync(CancellationToken cancellationToken) => options switch
    {
        { CaFile: { } file } => EngineTrust.FromFile(file),
        { CaFingerprint: { } fingerprint } => await EngineTrust.PinnedAsync(options.Url!, fingerprint, cancellationToken).ConfigureAwait(false),
        _ => EngineTrust.System,
    };
}
