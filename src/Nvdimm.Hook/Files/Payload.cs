using System.Text;
using Nvdimm.Extensions.Host.Hooks;

namespace Nvdimm.Hook.Files;

/// <summary>The input of a hook: a domain, a device or a host report.</summary>
internal abstract class Payload
{
    /// <summary>The largest payload that is read: 64 MiB.</summary>
    protected const int MaximumBytes = 64 << 20;

    /// <summary>The UTF-8 byte order mark. libvirt accepts it; if the payload has one, the replacement has one, too.</summary>
    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>The payload's name in errors.</summary>
    protected abstract string Name { get; }

    /// <summary>Whether the last payload that <see cref="TextOf"/> decoded had a byte order mark.</summary>
    protected bool IsMarked { get; private set; }

    /// <summary>The bytes of the payload.</summary>
    /// <exception cref="HookException">The payload is missing, or cannot be read.</exception>
    public abstract byte[] Read();

    /// <summary>Replaces the payload.</summary>
    /// <exception cref="HookException">The new text cannot be written; the payload is unchanged.</exception>
    /// <exception cref="InvalidOperationException">The caller of the hook does not read a changed payload back.</exception>
    public abstract void Replace(string text);

    /// <summary>Decodes the bytes as UTF-8, without the byte order mark.</summary>
    /// <exception cref="HookException">The bytes are not UTF-8.</exception>
    public string TextOf(byte[] bytes)
    {
        try
        {
            IsMarked = bytes.AsSpan().StartsWith(Mark);
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                .GetString(IsMarked ? bytes.AsSpan(Mark.Length) : bytes);
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw HookException.Payload(Name, "it is not UTF-8", notUtf8);
        }
    }
}
