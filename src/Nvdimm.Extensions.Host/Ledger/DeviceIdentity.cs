using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Ledger;

/// <summary>The identity by which a device is recognised. It also names the files about the device.</summary>
public sealed record DeviceIdentity
{
    private const int UuidLength = 36;
    private const int GenerationLength = 8;
    private const int FilePrefixLength = 5;
    private const int RawPrefixLength = 4;
    private const int UuidPrefixLength = 5;

    private DeviceIdentity(DeviceIdentityKind kind, string key) => (Kind, Key) = (kind, key);

    /// <summary>The kind of identity.</summary>
    public DeviceIdentityKind Kind { get; }

    /// <summary>
    /// The identity as text: <c>uuid-</c> or <c>raw-</c> and 36 lower-case characters; <c>file-</c>, the 36 characters of the file system's
    /// uuid, a hyphen, the inode number in decimal, a hyphen and the generation as 8 lower-case hexadecimal digits; <c>name-</c> and a
    /// kernel name; or <c>name~</c> and the SHA-256 of a name with other characters. It only has letters, digits, hyphens, dots,
    /// underscores and tildes, so it is safe as a file name.
    /// </summary>
    public string Key { get; }

    /// <summary>Whether the identity stays with the device: false for <see cref="DeviceIdentityKind.KernelName"/>.</summary>
    public bool IsStable => Kind != DeviceIdentityKind.KernelName;

    /// <summary>The namespace's uuid, if that is the identity; else null.</summary>
    internal Guid? Uuid => Kind == DeviceIdentityKind.Uuid ? Guid.ParseExact(Key.AsSpan(UuidPrefixLength), "D") : null;

    /// <summary>The uuid of the raw area, if that is the identity; else null.</summary>
    internal Guid? RawUuid => Kind == DeviceIdentityKind.RawUuid ? Guid.ParseExact(Key.AsSpan(RawPrefixLength), "D") : null;

    /// <summary>File system, inode and generation, if they are the identity; else null.</summary>
    internal FileIdentity? File => Kind == DeviceIdentityKind.File ? FileOf(Key.AsSpan(FilePrefixLength)) : null;

    /// <summary>
    /// The identity of a device. An all-zero uuid counts as none. A dax device that is not the whole namespace
    /// (<see cref="NvdimmCodes.DaxSizeMismatch"/>, which refuses it) does not have the namespace's uuids, and is identified by its kernel
    /// name.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="device"/> is null.</exception>
    public static DeviceIdentity Of(NvdimmDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Of(DeviceFacts.Of(device));
    }

    /// <summary>The identity of a device from its known facts.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="facts"/> is null.</exception>
    public static DeviceIdentity Of(DeviceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            { File: { } file } => new(DeviceIdentityKind.File, FileKey(file)),
            { Uuid: { } uuid } => new(DeviceIdentityKind.Uuid, $"uuid-{uuid:D}"),
            { RawUuid: { } raw } => new(DeviceIdentityKind.RawUuid, $"raw-{raw:D}"),
            _ => new(DeviceIdentityKind.KernelName, IsPlain(facts.Name)
                ? $"name-{facts.Name}"
                : $"name~{Sha256.TextOf(Encoding.UTF8.GetBytes(facts.Name))}"),
        };
    }

    /// <summary>Parses a <see cref="Key"/>.</summary>
    /// <returns>Whether the text is a key.</returns>
    public static bool TryParse([NotNullWhen(true)] string? key, [NotNullWhen(true)] out DeviceIdentity? identity)
    {
        DeviceIdentityKind? kind = (key ?? "").AsSpan() switch
        {
            ['u', 'u', 'i', 'd', '-', .. var uuid] when IsUuid(uuid) => DeviceIdentityKind.Uuid,
            ['r', 'a', 'w', '-', .. var uuid] when IsUuid(uuid) => DeviceIdentityKind.RawUuid,
            ['f', 'i', 'l', 'e', '-', .. var file] when IsFileKey(file) => DeviceIdentityKind.File,
            ['n', 'a', 'm', 'e', '-', .. var name] when IsPlain(name) => DeviceIdentityKind.KernelName,
            ['n', 'a', 'm', 'e', '~', .. { Length: 64 } hash] when IsAll(hash, char.IsAsciiHexDigitLower) => DeviceIdentityKind.KernelName,
            _ => null,
        };
        identity = kind is { } value ? new(value, key!) : null;
        return identity is not null;
    }

    /// <summary>The <see cref="Key"/>.</summary>
    public override string ToString() => Key;

    /// <summary>Whether the text has the 36 characters of a uuid in a key, in lower case.</summary>
    private static bool IsUuid(ReadOnlySpan<char> text) =>
        Guid.TryParseExact(text, "D", out var uuid) && text.SequenceEqual(uuid.ToString("D"));

    private static string FileKey(FileIdentity file) =>
        string.Create(CultureInfo.InvariantCulture, $"file-{file.FileSystem:D}-{file.Inode}-{file.Generation:x8}");

    /// <summary>Whether the text can follow <c>file-</c>, in exactly the form that <see cref="FileKey"/> writes.</summary>
    private static bool IsFileKey(ReadOnlySpan<char> text) =>
        FileOf(text) is { } file && FileKey(file).AsSpan(FilePrefixLength).SequenceEqual(text);

    private static FileIdentity? FileOf(ReadOnlySpan<char> text) => text.Length > UuidLength + 1 + GenerationLength
        && Guid.TryParseExact(text[..UuidLength], "D", out var fileSystem)
        && ulong.TryParse(text[(UuidLength + 1)..^(GenerationLength + 1)], NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
        && uint.TryParse(text[^GenerationLength..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var generation)
            ? new FileIdentity(fileSystem, inode, generation)
            : null;

    /// <summary>
    /// Whether the name has 1 to 64 ASCII letters, digits, dots, hyphens and underscores, and begins with a letter or a digit: it cannot
    /// lead out of a folder.
    /// </summary>
    private static bool IsPlain(ReadOnlySpan<char> name) => name is [var first, ..] && name.Length <= 64 && char.IsAsciiLetterOrDigit(first)
        && IsAll(name, character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');

    private static bool IsAll(ReadOnlySpan<char> text, Func<char, bool> isOne)
    {
        foreach (var character in text)
        {
            if (!isOne(character))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The kinds of identity by which a device is recognised, from the strongest to the weakest.</summary>
public enum DeviceIdentityKind
{
    /// <summary>The namespace's uuid. It stays with the device wherever the device is plugged in.</summary>
    Uuid,

    /// <summary>
    /// The uuid of the raw area under a namespace that shows no uuid of its own. It stays if the namespace is converted to another mode.
    /// </summary>
    RawUuid,

    /// <summary>
    /// A regular file by the uuid of its file system, its inode and the inode's generation. It stays if the file is renamed within its file
    /// system, or if the file system is mounted elsewhere. A copy is another file.
    /// </summary>
    File,

    /// <summary>
    /// Only the kernel name, or the path of a file without another identity. After a reboot it can stand for another device; only the
    /// recorded size and the labels on the device can then tell. The size is not part of the identity, so that a resized device is noticed
    /// and not taken for a new one.
    /// </summary>
    KernelName,
}
