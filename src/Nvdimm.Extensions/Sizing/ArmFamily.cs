using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>The rules and figures of 64-bit Arm. oVirt has no such hosts; libvirt and KubeVirt do.</summary>
internal sealed class ArmFamily : GuestFamily
{
    private const long GiB = 1L << 30;

    public override string Name => "Arm";

    public override ValueList<GuestArchitecture> Architectures { get; } = [GuestArchitecture.AArch64];

    public override Architecture HostArchitecture => Architecture.Arm64;

    // Linux v6.1 arch/arm64/include/asm/sparsemem.h, SECTION_SIZE_BITS: 27 for pages of 4 and 16 KiB (measured: 128 MiB), 29 for pages of
    // 64 KiB.
    public override Alignment HotPlugBlock { get; } = Alignment.FromMiB(128);

    // libvirt v12.8.0 src/qemu/qemu_domain.c, qemuDomainMemoryDeviceAlignSize: the same as for x86. Proved by verify: sizes.
    public override bool LabelIsOnTop => false;

    // QEMU v7.2.0 hw/mem/nvdimm.c, nvdimm_prepare_memory_region: without a label the guest gets the whole backend.
    public override bool NeedsLabel => false;

    // libvirt v9.0.0 src/conf/domain_validate.c, virDomainMemoryDefValidate: "UUID is not supported for NVDIMM device".
    public override bool HasUuid => false;

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainDefValidateMemoryHotplug: every architecture but ARCH_IS_PPC64 needs a cell.
    public override bool NeedsCell => true;

    // Measured with libvirt 12.8 and QEMU 11.1: the domain starts and the guest does not see the NVDIMM; <acpi/> needs UEFI.
    public override AcpiNeed Acpi => AcpiNeed.Unseen;

    public override ValueList<Alignment> Pages { get; } = [Alignment.FromKiB(4), Alignment.FromKiB(16), Alignment.FromKiB(64)];

    public override string QemuProgram => "qemu-system-aarch64";

    public override string Machine => "virt";

    // QEMU v7.2.0 hw/arm/virt.c: the machine's default CPU has 32 bits, and machvirt_init creates the acpi-ged device for 64-bit CPUs only.
    public override string? Cpu => "cortex-a57";

    // QEMU v7.2.0 hw/arm/virt.c, machvirt_init and virt_memory_pre_plug: without firmware QEMU fails with "memory hotplug is not enabled:
    // missing acpi-ged device" (measured). QEMU 11.1 needs firmware for hot plug only.
    public override bool NeedsFirmware => true;

    public override bool IsSlowWithLargeNvdimms => false;

    // QEMU v7.2.0 hw/arm/virt.c, virt_set_memmap: 1 GiB for each slot. Proved by verify: hot plug.
    internal override long RoomForSlot => GiB;

    internal override long DimmBlock => 1;

    // QEMU v7.2.0 hw/arm/virt.c, virt_set_memmap: RAM begins at 1 GiB, its end is rounded up to 1 GiB, and there is no hole. Proved by
    // verify: hot plug.
    internal override long DevicesStart(long ram) => UpToGiB(GiB + ram);

    public override bool HasUsualStart(string machine) => machine == "virt" || machine.StartsWith("virt-", StringComparison.Ordinal);

    internal override Alignment MemoryBlock(ByteSize ram, bool hidesHypervisor) => HotPlugBlock;
}
