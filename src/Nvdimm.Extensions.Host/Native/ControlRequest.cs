using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// The request numbers of <c>ioctl(2)</c>. POWER encodes the direction in other bits than all other architectures (Linux v6.1
/// <c>arch/powerpc/include/uapi/asm/ioctl.h</c>).
/// </summary>
internal static class ControlRequest
{
    private const uint UsualRead = 2u << 30;
    private const uint PowerRead = 2u << 29;

    /// <summary>The number of a reading request (<c>_IOR</c>), from its size, type and number.</summary>
    public static nuint Reading(uint request) =>
        request | (RuntimeInformation.ProcessArchitecture == Architecture.Ppc64le ? PowerRead : UsualRead);
}
