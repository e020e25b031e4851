using Nvdimm.Extensions.Host.Hooks;

namespace Nvdimm.Hook.Files;

/// <summary>
/// Standard input, on which libvirt passes a domain to its hooks. libvirt does not read a changed domain back at these points.
/// </summary>
/// <param name="open">Opens standard input.</param>
internal sealed class StandardInput(Func<Stream> open) : Payload
{
    /// <inheritdoc/>
    protected override string Name => "The domain on standard input";

    /// <inheritdoc/>
    public override byte[] Read()
    {
        try
        {
            using var input = open();
            using var all = new MemoryStream();
            var buffer = new byte[64 << 10];
            for (int read; (read = input.Read(buffer)) > 0;)
            {
                all.Write(buffer, 0, read);
                if (all.Length > MaximumBytes)
                {
                    throw HookException.Payload(Name, $"it has more than {MaximumBytes} bytes, and at most as many are read");
                }
            }

            return all.ToArray();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw HookException.Payload(Name, failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public override void Replace(string text) => throw new InvalidOperationException("libvirt reads no changed domain back");
}
