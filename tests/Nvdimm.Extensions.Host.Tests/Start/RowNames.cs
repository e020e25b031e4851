using System.Buffers.Binary;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>The names, uuids and figures that the rows share. Figures are in bytes unless their name says otherwise.</summary>
internal static class RowNames
{
    public const long KiB = 1L << 10;
    public const long MiB = 1L << 20;
    public const long GiB = 1L << 30;

    public const string Vm = "db";
    public const string VmId = "5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";
    public const string OtherVm = "other";
    public const string OtherVmId = "6b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";

    /// <summary>The engine's size of a device of 1 GiB with 2 MiB (facts/sizing.md): 898 MiB, of which the guest gets 896.</summary>
    public const long EngineTarget = 898 * MiB;
    public const long EngineOffset = EngineTarget - (128 * KiB);
    public const long EngineGuest = 896 * MiB;

    /// <summary>The whole device of 1 GiB with a label of 128 KiB and 2 MiB, as virt-install and nova write it.</summary>
    public const long WholeOffset = GiB - (128 * KiB);
    public const long WholeGuest = 1022 * MiB;

    /// <summary>The engine's size on POWER of a device of 513 MiB: 512 MiB and the label.</summary>
    public const long PowerTarget = (512 * MiB) + (128 * KiB);
    public const long PowerGuest = 512 * MiB;

    public static readonly Guid Device = new("10000000-82b6-40ad-8962-6f0412bab47d");
    public static readonly Guid Raw = new("00000000-82b6-40ad-8962-6f0412bab47d");
    public static readonly Guid OtherDevice = new("10000001-82b6-40ad-8962-6f0412bab47d");
    public static readonly Guid OtherRaw = new("00000001-82b6-40ad-8962-6f0412bab47d");

    /// <summary>The uuid that follows from the device's.</summary>
    public static readonly Guid Derived = GuestUuid.For(Device);

    /// <summary>The uuid that the domain of field case own-ppc-uuid-of-the-domain has.</summary>
    public static readonly Guid OfDomain = new("8ec948ec-8898-46af-889c-470b50297999");

    /// <summary>A uuid that neither the domain has nor the device gives.</summary>
    public static readonly Guid Stranger = new("11111111-2222-4333-8444-555555555555");

    public static Guid Namespace(int number) => new($"a000000{number}-0000-4000-8000-000000000000");

    /// <summary>The cookie of labels that a POWER guest with this uuid writes (facts/sizing.md): bytes 8 to 15, before version 1.2 bytes 0 to 7.</summary>
    public static ulong Cookie(Guid uuid, int minor = 2) =>
        BinaryPrimitives.ReadUInt64LittleEndian(uuid.ToByteArray(bigEndian: true).AsSpan(minor >= 2 ? 8 : 0));

    /// <summary>One uuid with the half of another that labels of a version know.</summary>
    public static Guid WithHalfOf(Guid uuid, Guid other, int minor = 2)
    {
        var bytes = uuid.ToByteArray(bigEndian: true);
        var half = minor >= 2 ? 8 : 0;
        other.ToByteArray(bigEndian: true).AsSpan(half, 8).CopyTo(bytes.AsSpan(half));
        return new Guid(bytes, bigEndian: true);
    }
}
