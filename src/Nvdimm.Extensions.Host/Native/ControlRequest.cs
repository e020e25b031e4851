using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// The numbers of <c>ioctl(2)</c>, whose direction POWER keeps in other bits than the rest (Linux v6.1
/// <c>arch/powerpc/include/uapi/asm/ioctl.h</c>).
/// </summary>
internal static class ControlRequest
{
    private const uint UsualRead = 2u << 30;
    private const uint PowerRead = 2u << 29;

    /// <summary>A request that reads, <c>_IOR</c>, of its size, type and number.</summary>
    public static nuint Reading(uint request) => request | (RuntimeInformation.ProcessArchitecture == Architecture.Ppc64le ? PowerRead : UsualRead);
}
