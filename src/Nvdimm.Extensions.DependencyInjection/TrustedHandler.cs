using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>
/// Sends requests with the trust that the options configure. The handler is created at the first request, since the engine's authority may
/// have to be downloaded. Safe for use by several threads.
/// </summary>
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
        if (invoker is { } existing)
        {
            return existing;
        }

        await making.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var trust = await TrustAsync(cancellationToken).ConfigureAwait(false);
            return invoker ??= new HttpMessageInvoker(trust.CreateHandler(), disposeHandler: true);
        }
        finally
        {
            making.Release();
        }
    }

    private async Task<EngineTrust> TrustAsync(CancellationToken cancellationToken) => options switch
    {
        { CaFile: { } file } => EngineTrust.FromFile(file),
        { CaFingerprint: { } fingerprint } =>
            await EngineTrust.PinnedAsync(options.Url!, fingerprint, cancellationToken).ConfigureAwait(false),
        _ => EngineTrust.System,
    };
}
