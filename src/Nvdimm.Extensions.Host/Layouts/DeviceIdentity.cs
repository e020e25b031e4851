using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>What a device is recognised by, and the name of the files about it.</summary>
public sealed partial record DeviceIdentity
{
    private DeviceIdentity(DeviceIdentityKind kind, string key) => (Kind, Key) = (kind, key);

    /// <summary>What it is made of.</summary>
    public DeviceIdentityKind Kind { get; }

    /// <summary>
    /// The text: <c>uuid-</c> or <c>raw-</c> and 36 lower-case characters, <c>name-</c> and a kernel name, or <c>name~</c> and the SHA-256
    /// of a kernel name that is no plain one. Letters, digits, hyphens, dots, underscores and tildes only: safe as a file name.
    /// </summary>
    public string Key { get; }

    /// <summary>Whether it goes with the device: not for <see cref="DeviceIdentityKind.KernelName"/>.</summary>
    public bool IsStable => Kind != DeviceIdentityKind.KernelName;

    /// <summary>The identity of a device. An all-zero uuid counts as none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public static DeviceIdentity Of(NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return (device.Uuid, device.RawUuid) switch
        {
            ({ } uuid, _) when uuid != Guid.Empty => new(DeviceIdentityKind.Uuid, $"uuid-{uuid:D}"),
            (_, { } raw) when raw != Guid.Empty => new(DeviceIdentityKind.RawUuid, $"raw-{raw:D}"),
            _ => new(DeviceIdentityKind.KernelName, PlainName.IsMatch(device.Name)
                ? $"name-{device.Name}"
                : $"name~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(device.Name)))}"),
        };
    }

    /// <summary>Reads a <see cref="Key"/>.</summary>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? key, [NotNullWhen(true)] out DeviceIdentity? identity)
    {
        var match = KeyText.Match(key ?? "");
        identity = !match.Success
            ? null
            : new(
                match.Groups["uuid"].Success ? DeviceIdentityKind.Uuid : match.Groups["raw"].Success ? DeviceIdentityKind.RawUuid : DeviceIdentityKind.KernelName,
                key!);
        return identity is not null;
    }

    /// <summary>The <see cref="Key"/>.</summary>
    public override string ToString() => Key;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName { get; }

    [GeneratedRegex(
        @"\A(?:(?<uuid>uuid)-(?<hex>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?<raw>raw)-(?<hex>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})|name-[A-Za-z0-9][A-Za-z0-9._-]{0,63}|name~[0-9a-f]{64})\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyText { get; }
}
