namespace Nvdimm.Extensions.Sizing;

/// <summary>The block in which a Linux guest takes hot-plugged memory online.</summary>
public static class GuestMemoryBlock
{
    /// <summary>
    /// The block for a guest that boots with this much RAM: at least the architecture's hot-plug block; on x86 with RAM up to or above
    /// 64 GiB of guest addresses the largest power of two, up to 2 GiB, that divides the end of RAM, and 2 GiB where the guest's CPU hides that it
    /// is virtual (Linux v6.1 <c>arch/x86/mm/init_64.c</c>, <c>probe_memory_block_size</c>; measured with 4 to 128 GiB: 63 GiB gives 1 GiB, 64 GiB
    /// gives 2 GiB; 65 GiB with <c>hypervisor=off</c> 2 GiB, otherwise 1 GiB).
    /// </summary>
    /// <param name="architecture">The architecture, a supported one.</param>
    /// <param name="ram">The RAM that the guest boots with, without NVDIMMs; zero where it is not known.</param>
    /// <param name="hidesHypervisor">
    /// Whether the CPU has no hypervisor bit (CPUID leaf 1, bit 31 of ECX): <c>&lt;feature policy='disable' name='hypervisor'/&gt;</c>.
    /// <c>&lt;kvm&gt;&lt;hidden state='on'/&gt;</c> leaves it (QEMU 7.2, measured).
    /// </param>
    /// <exception cref="InvalidOperationException">The architecture is not supported.</exception>
    public static Alignment Of(GuestArchitecture architecture, ByteSize ram, bool hidesHypervisor = false) =>
        architecture.Supported.MemoryBlock(ram, hidesHypervisor);
}
