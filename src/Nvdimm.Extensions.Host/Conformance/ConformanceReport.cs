using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The comparison of the installed programs with the sizer's predictions.</summary>
public sealed record ConformanceReport
{
    /// <summary>The part of the chain that was checked.</summary>
    public required ConformanceScope Scope { get; init => field = EnumArgument.Checked(value, last: ConformanceScope.QemuAlone); }

    /// <summary>The probed programs, with their versions.</summary>
    public required ValueList<ProbedProgram> Programs { get; init; }

    /// <summary>The files of these programs, as they were before the first case.</summary>
    public required ValueList<BinaryIdentity> Binaries { get; init; }

    /// <summary>The seed of the random cases.</summary>
    public required int Seed { get; init; }

    /// <summary>The cases by architecture, then by alignment.</summary>
    public required ValueList<ConformanceGroup> Groups { get; init; }

    /// <summary>All mismatches of sizes, in the order of the cases.</summary>
    public required ValueList<ConformanceMismatch> Mismatches { get; init; }

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
public sealed record ConformanceMismatch
{
    /// <summary>The prediction with its request.</summary>
    public required SizingResult Sized { get; init; }

    /// <summary>The first step that differs.</summary>
    public required ConformanceStep Step { get; init => field = EnumArgument.Checked(value, last: ConformanceStep.GuestSize); }

    /// <summary>The predicted size; null if a refusal is predicted.</summary>
    public required ByteSize? Predicted { get; init; }

    /// <summary>The actual size; null if the program refuses.</summary>
    public required ByteSize? Seen { get; init; }

    /// <summary>The program's own words; null if it does not refuse.</summary>
    public required string? Refusal { get; init; }

    /// <summary>A shell command that reproduces the case, with the domain XML or the sparse file that it needs.</summary>
    public required string Command { get; init; }
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
