using System.Buffers;
using System.Text;

namespace Nvdimm.Extensions.Engine;

/// <summary>
/// Converts between a host device's name and its id in the API: the bytes of the name in UTF-8, in lowercase hexadecimal (oVirt Engine 4.5,
/// <c>HexUtils.string2hex</c> as used by <c>HostDeviceMapper</c>). <c>namespace0.0</c> is <c>6e616d657370616365302e30</c>.
/// </summary>
public static class HostDeviceId
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The id of a name.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> has a lone surrogate.</exception>
    public static string FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Convert.ToHexStringLower(Utf8.GetBytes(name));
    }

    /// <summary>The name of an id; null if the text is empty, not hexadecimal (in either case), or not UTF-8.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    public static string? ToName(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var bytes = new byte[id.Length / 2];
        if (id.Length == 0 || Convert.FromHexString(id, bytes, out _, out _) != OperationStatus.Done)
        {
            return null;
        }

        var characters = new char[bytes.Length];
        var status = System.Text.Unicode.Utf8.ToUtf16(bytes, characters, out _, out var written, replaceInvalidSequences: false);
        return status == OperationStatus.Done
            ? new string(characters, 0, written)
            : null;
    }
}
