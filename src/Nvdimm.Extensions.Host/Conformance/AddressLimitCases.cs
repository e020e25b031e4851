using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>
/// The guests whose memory ends at the last address of their CPU, and one step behind it: where the domain's rules say that QEMU begins to
/// refuse (<see cref="NvdimmCodes.XmlAddressBits"/>).
/// </summary>
internal static class AddressLimitCases
{
    private const int StepMiB = 128;
    private const int SmallestMaximum = 64 * 1024;
    private const int LargestMaximum = 2 * 1024 * 1024;

    private static readonly string[] Machines = [GuestFamily.X86.Machine, "pc"];

    /// <summary>A CPU model of each vendor: AMD's keep a hole below 1 TiB.</summary>
    private static readonly string[] Cpus = ["Nehalem", "Opteron_G3"];

    private static readonly int[] RamMiB = [512, 3072];

    private static readonly int[] Slots = [1, 16];

    /// <summary>The cases of each family; a family without a known limit of addresses has none.</summary>
    private static readonly Dictionary<GuestFamily, Func<GuestArchitecture, Version, IEnumerable<AddressLimitCase>>> ByFamily = new()
    {
        [GuestFamily.X86] = X86,
        [GuestFamily.Power] = (_, _) => [],
        [GuestFamily.Arm] = (_, _) => [],
    };

    /// <summary>The cases of an architecture for a version of QEMU.</summary>
    public static IReadOnlyList<AddressLimitCase> Of(GuestArchitecture architecture, Version qemu) =>
        [.. ByFamily[architecture.Family!](architecture, qemu)];

    private static IEnumerable<AddressLimitCase> X86(GuestArchitecture architecture, Version qemu) =>
        from machine in Machines
        from cpu in Cpus
        from ramMiB in RamMiB
        from slots in Slots
        let guest = new AddressLimitCase(architecture, machine, cpu, ByteSize.FromMiB(ramMiB), slots, default) { Qemu = qemu }
        from maximum in Around(guest)
        select guest with { MaxMemory = maximum };

    /// <summary>The largest maximum memory of which the rules say nothing, and the next one, in steps of 128 MiB.</summary>
    private static IEnumerable<ByteSize> Around(AddressLimitCase guest)
    {
        var (below, above) = (SmallestMaximum / StepMiB, LargestMaximum / StepMiB);
        while (above - below > 1)
        {
            var middle = (below + above) / 2;
            if (IsNamed(guest with { MaxMemory = At(middle) }))
            {
                above = middle;
            }
            else
            {
                below = middle;
            }
        }

        return [At(below), At(above)];
    }

    private static ByteSize At(int step) => ByteSize.FromMiB((long)step * StepMiB);

    private static bool IsNamed(AddressLimitCase guest) =>
        DomainRefusals.Check(guest.Domain).Any(finding => finding.Code == NvdimmCodes.XmlAddressBits);
}

/// <summary>A guest whose memory may end behind the last address of its CPU.</summary>
/// <param name="Architecture">The guest's architecture.</param>
/// <param name="Machine">The machine without a version, as QEMU is asked for it.</param>
/// <param name="Cpu">The CPU model.</param>
/// <param name="Ram">The guest's RAM.</param>
/// <param name="Slots">The memory slots.</param>
/// <param name="MaxMemory">The maximum memory, in which the NVDIMMs count.</param>
internal sealed record AddressLimitCase(
    GuestArchitecture Architecture, string Machine, string Cpu, ByteSize Ram, int Slots, ByteSize MaxMemory)
{
    // QEMU v7.2.0 target/i386/cpu.c, x86_cpu_realizefn: an emulated CPU has no other number of address bits (TCG_PHYS_ADDR_BITS).
    private const int EmulatedAddressBits = 40;

    /// <summary>The version of QEMU, whose newest machine it is.</summary>
    public required Version Qemu { get; init; }

    private string VersionedMachine => $"pc-{(Machine == "pc" ? "i440fx" : Machine)}-{Qemu.Major}.{Qemu.Minor}";

    /// <summary>
    /// The domain of which libvirt makes such a guest, with an NVDIMM of 256 MiB and the 40 address bits of an emulated CPU.
    /// </summary>
    public string Domain =>
        $"""
        <domain type="qemu">
          <name>nvdimm-probe</name>
          <maxMemory slots="{Slots}" unit="bytes">{MaxMemory.Bytes}</maxMemory>
          <memory unit="bytes">{Ram.Bytes}</memory>
          <vcpu>1</vcpu>
          <os><type arch="{Architecture.Name}" machine="{VersionedMachine}">hvm</type></os>
          <features><acpi/></features>
          <cpu mode="custom">
            <model>{Cpu}</model>
            <maxphysaddr mode="emulate" bits="{EmulatedAddressBits}"/>
            <numa><cell id="0" cpus="0" memory="{Ram.Bytes}" unit="bytes"/></numa>
          </cpu>
          <devices>
            <memory model="nvdimm" access="shared">
              <source><path>/dev/pmem0</path></source>
              <target><size unit="MiB">257</size><node>0</node><label><size unit="KiB">128</size></label></target>
            </memory>
          </devices>
        </domain>
        """;
}

/// <summary>The answer of the installed QEMU to a guest whose memory may end behind the last address of its CPU.</summary>
public sealed record AddressLimitResult
{
    /// <summary>The guest's architecture.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>The machine, such as <c>q35</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>The CPU model.</summary>
    public required string Cpu { get; init; }

    /// <summary>The guest's RAM.</summary>
    public required ByteSize Ram { get; init; }

    /// <summary>The memory slots.</summary>
    public required int Slots { get; init; }

    /// <summary>The maximum memory.</summary>
    public required ByteSize MaxMemory { get; init; }

    /// <summary>Whether a refusal is predicted.</summary>
    public required bool IsRefusalPredicted { get; init; }

    /// <summary>QEMU's own words; null if it starts.</summary>
    public required string? Refusal { get; init; }

    /// <summary>A shell command that reproduces it.</summary>
    public required string Command { get; init; }

    /// <summary>Whether QEMU starts and refuses as predicted.</summary>
    public bool IsAsPredicted => IsRefusalPredicted == Refusal is not null;
}
