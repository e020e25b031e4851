using System.Text;
using Nvdimm.Extensions.Host.Hooks;

namespace Nvdimm.Hook.Files;

/// <summary>What a hook is given to read: a domain, a device or a report.</summary>
internal abstract class Payload
{
    /// <summary>No larger one is looked into.</summary>
    protected const int MaximumBytes = 64 << 20;

    /// <summary>The byte order mark, which libvirt takes, and which stays where there is one.</summary>
    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>What errors call it.</summary>
    protected abstract string Name { get; }

    /// <summary>Whether the text that was read last had a byte order mark.</summary>
    protected bool IsMarked { get; private set; }

    /// <summary>Its bytes.</summary>
    /// <exception cref="HookException">There is none, or it cannot be read.</exception>
    public abstract byte[] Read();

    /// <summary>Replaces it.</summary>
    /// <exception cref="HookException">It cannot be written; then the old text is there.</exception>
    /// <exception cref="InvalidOperationException">Nobody reads a changed one.</exception>
    public abstract void Replace(string text);

    /// <summary>The text in its bytes, without byte order mark.</summary>
    /// <exception cref="HookException">They are not UTF-8.</exception>
    public string TextOf(byte[] bytes)
    {
        try
        {
            IsMarked = bytes.AsSpan().StartsWith(Mark);
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(IsMarked ? bytes.AsSpan(Mark.Length) : bytes);
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw HookException.Payload(Name, "it is not UTF-8", notUtf8);
        }
    }
}
