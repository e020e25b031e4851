using System.Runtime.Intrinsics.X86;

namespace Nvdimm.Hook.HotPlug;

/// <summary>The CPU of this host.</summary>
internal static class HostCpu
{
    // The vendor AuthenticAMD, as leaf 0 has it in EBX, EDX and ECX (AMD64 Architecture Programmer's Manual, volume 3, appendix E).
    private static readonly (int Ebx, int Edx, int Ecx) Amd = (0x68747541, 0x69746E65, 0x444D4163);

    /// <summary>Whether its vendor is AMD; null on other architectures than x86.</summary>
    public static bool? IsAmd => X86Base.IsSupported && X86Base.CpuId(0, 0) is var (_, ebx, ecx, edx) ? (ebx, edx, ecx) == Amd : null;
}
