using System.Runtime.InteropServices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>The rules and figures of POWER.</summary>
internal sealed class PowerFamily : GuestFamily
{
    public override string Name => "POWER";

    public override ValueList<GuestArchitecture> Architectures { get; } = [GuestArchitecture.Ppc64, GuestArchitecture.Ppc64Le];

    public override Architecture HostArchitecture => Architecture.Ppc64le;

    // oVirt Engine 4.5 ArchitectureType.java, HOTPLUG_MEMORY_FACTOR_PPC_MB. Proved by verify: sizes.
    public override Alignment HotPlugBlock { get; } = Alignment.FromMiB(256);

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainNVDimmAlignSizePseries. Proved by verify: sizes.
    public override bool LabelIsOnTop => true;

    // libvirt v9.0.0: "label size is required for NVDIMM device"; QEMU v7.2.0 hw/ppc/spapr_nvdimm.c, spapr_nvdimm_validate.
    public override bool NeedsLabel => true;

    // libvirt v9.0.0 src/conf/domain_postparse.c creates a missing UUID; QEMU v7.2.0 spapr_nvdimm_validate needs one.
    public override bool HasUuid => true;

    // libvirt v9.0.0 src/qemu/qemu_domain.c, qemuDomainDefValidateMemoryHotplug: ARCH_IS_PPC64 needs no cell.
    public override bool NeedsCell => false;

    // libvirt 12.9 refuses ACPI ("machine type 'pseries-11.1' does not support ACPI"); the device tree describes NVDIMMs.
    public override AcpiNeed Acpi => AcpiNeed.None;

    public override ValueList<Alignment> Pages { get; } = [Alignment.FromKiB(4), Alignment.FromKiB(64)];

    public override string QemuProgram => "qemu-system-ppc64";

    public override string Machine => "pseries";

    public override string? Cpu => null;

    public override bool NeedsFirmware => false;

    // Measured on QEMU 7.2 to 11.1: pseries reserves room for each 256 MiB of an NVDIMM one by one.
    public override bool IsSlowWithLargeNvdimms => true;

    // QEMU v7.2.0 hw/ppc/spapr.c, spapr_machine_init: there is no room beyond the maximum memory. Proved by verify: hot plug.
    internal override long RoomForSlot => 0;

    // QEMU v7.2.0 hw/ppc/spapr.c, spapr_memory_pre_plug: a DIMM is a multiple of SPAPR_MEMORY_BLOCK_SIZE. Proved by verify: hot plug.
    internal override long DimmBlock => HotPlugBlock.Bytes;

    // QEMU v7.2.0 hw/ppc/spapr.c, spapr_machine_init: the devices begin at the end of RAM, rounded up to SPAPR_DEVICE_MEM_ALIGN, and there
    // is no hole. Proved by verify: hot plug.
    internal override long DevicesStart(long ram) => UpToGiB(ram);

    public override bool HasUsualStart(string machine) => machine.StartsWith("pseries", StringComparison.Ordinal);

    internal override Alignment MemoryBlock(ByteSize ram, bool hidesHypervisor) => HotPlugBlock;
}
