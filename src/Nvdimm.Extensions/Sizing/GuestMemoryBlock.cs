namespace Nvdimm.Extensions.Sizing;

/// <summary>The block in which a Linux guest takes hot-plugged memory online.</summary>
public static class GuestMemoryBlock
{
    /// <summary>
    /// The block for a guest that boots with this much RAM: the architecture's hot-plug block or larger. On x86, if RAM ends at 64 GiB of
    /// guest addresses or above, the block is the largest power of two, up to 2 GiB, that divides the end of RAM; it is 2 GiB if the
    /// guest's CPU hides the hypervisor (Linux v6.1 <c>arch/x86/mm/init_64.c</c>, <c>probe_memory_block_size</c>; measured with 4 to 128
    /// GiB: 63 GiB gives 1 GiB, 64 GiB gives 2 GiB, 65 GiB gives 1 GiB, and 2 GiB with <c>hypervisor=off</c>).
    /// </summary>
    /// <param name="architecture">The guest's architecture; it must be supported.</param>
    /// <param name="ram">The RAM that the guest boots with, without NVDIMMs; zero if it is not known.</param>
    /// <param name="hidesHypervisor">
    /// Whether the CPU lacks the hypervisor bit (CPUID leaf 1, ECX bit 31): <c>&lt;feature policy='disable' name='hypervisor'/&gt;</c>.
    /// <c>&lt;kvm&gt;&lt;hidden state='on'/&gt;</c> does not clear the bit (QEMU 7.2, measured).
    /// </param>
    /// <exception cref="InvalidOperationException">The architecture is not supported.</exception>
    public static Alignment Of(GuestArchitecture architecture, ByteSize ram, bool hidesHypervisor = false) =>
        architecture.Supported.MemoryBlock(ram, hidesHypervisor);
}

/// <summary>How an NVDIMM fails in a guest whose domain has no <c>&lt;acpi/&gt;</c>.</summary>
public enum AcpiNeed
{
    /// <summary>It works: the firmware describes NVDIMMs to the guest without ACPI.</summary>
    None,

    /// <summary>QEMU refuses to start the guest.</summary>
    Refused,

    /// <summary>The guest starts but does not see the NVDIMM. It sees it with ACPI, which needs UEFI firmware.</summary>
    Unseen,
}
