using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The comparison of the installed programs with the sizer's predictions.</summary>
/// <param name="Scope">The part of the chain that was checked.</param>
/// <param name="Programs">The probed programs, with their versions.</param>
/// <param name="Binaries">The files of these programs, as they were before the first case.</param>
/// <param name="Seed">The seed of the random cases.</param>
/// <param name="Groups">The cases by architecture, then by alignment.</param>
/// <param name="Mismatches">All mismatches of sizes, in the order of the cases.</param>
public sealed record ConformanceReport(
    ConformanceScope Scope,
    ValueList<ProbedProgram> Programs,
    ValueList<BinaryIdentity> Binaries,
    int Seed,
    ValueList<ConformanceGroup> Groups,
    ValueList<ConformanceMismatch> Mismatches)
{
    /// <summary>The part of the chain that was checked.</summary>
    public ConformanceScope Scope { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Scope);

    /// <summary>The architectures of the default that were left out because they have no QEMU.</summary>
    public ValueList<GuestArchitecture> NotInstalled { get; init; } = [];

    /// <summary>The hot plugs of memory beside NVDIMMs.</summary>
    public ValueList<HotPlugResult> HotPlugs { get; init; } = [];

    /// <summary>The guests whose memory ends at the last address of their CPU, or just behind it.</summary>
    public ValueList<AddressLimitResult> AddressLimits { get; init; } = [];

    /// <summary>
    /// The cases that could not be probed, because QEMU took too long twice. They count neither for nor against the programs.
    /// </summary>
    public ValueList<UnprobedCase> Unprobed { get; init; } = [];

    /// <summary>The recorded devices, in the order in which they were given.</summary>
    public ValueList<RecordedLayoutResult> Recorded { get; init; } = [];

    /// <summary>The recorded devices that would start with another layout, or would be refused.</summary>
    public IEnumerable<RecordedLayoutResult> Shifted => Recorded.Where(result => !result.IsKept);

    /// <summary>The number of cases, of sizes, of memory hot plug and of address limits.</summary>
    public int Cases => Groups.Sum(group => group.Cases) + HotPlugs.Count + AddressLimits.Count;

    /// <summary>The number of cases in which the programs do not behave as predicted.</summary>
    public int MismatchedCases => Mismatches.Count
        + HotPlugs.Count(plug => plug.Mismatches.Count > 0)
        + AddressLimits.Count(limit => !limit.IsAsPredicted);

    /// <summary>Whether every case could be probed.</summary>
    public bool IsComplete => Unprobed.Count == 0;

    /// <summary>
    /// Whether the programs behave as predicted in every case that could be probed (<see cref="IsComplete"/>), and every recorded device
    /// keeps its layout.
    /// </summary>
    public bool Conforms => MismatchedCases == 0 && !Shifted.Any();
}

/// <summary>The part of the chain that was checked.</summary>
public enum ConformanceScope
{
    /// <summary>The whole chain: QEMU got the backend size that libvirt computed from the target size.</summary>
    LibvirtAndQemu,

    /// <summary>Only QEMU: it got the backend size that libvirt is predicted to compute.</summary>
    QemuAlone,
}

/// <summary>
/// A case that could not be probed, because QEMU took too long. Nothing is known about it, nor about any other device of that size.
/// </summary>
/// <param name="Architecture">The guest's architecture.</param>
/// <param name="DeviceSize">The size of the host's device.</param>
/// <param name="Align">The alignment that the device reports; null for none.</param>
public sealed record UnprobedCase(GuestArchitecture Architecture, ByteSize DeviceSize, Alignment? Align);

/// <summary>A case in which the installed programs do not behave as predicted.</summary>
/// <param name="Sized">The prediction with its request.</param>
/// <param name="Step">The first step that differs.</param>
/// <param name="Predicted">The predicted size; null if a refusal is predicted.</param>
/// <param name="Seen">The actual size; null if the program refuses.</param>
/// <param name="Refusal">The program's own words; null if it does not refuse.</param>
/// <param name="Command">A shell command that reproduces the case, with the domain XML or the sparse file that it needs.</param>
public sealed record ConformanceMismatch(
    SizingResult Sized, ConformanceStep Step, ByteSize? Predicted, ByteSize? Seen, string? Refusal, string Command)
{
    /// <summary>The first step that differs.</summary>
    public ConformanceStep Step { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Step);
}

/// <summary>The step in which the behaviour differs from the prediction.</summary>
public enum ConformanceStep
{
    /// <summary>libvirt computes another backend size from the target size, or refuses it.</summary>
    BackendSize,

    /// <summary>libvirt gives QEMU another label size.</summary>
    LabelSize,

    /// <summary>libvirt gives QEMU another alignment, or none.</summary>
    AlignSize,

    /// <summary>QEMU shows the guest another size, refuses what is predicted to start, or starts what is predicted to be refused.</summary>
    GuestSize,
}
