using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The cases of one architecture and one alignment.</summary>
/// <param name="Architecture">The guests' architecture.</param>
/// <param name="Align">The alignment that the devices report; null for none.</param>
/// <param name="Cases">The number of all cases: the sum of the other four numbers, and of the cases that took too long.</param>
/// <param name="Conforming">The cases in which the programs behave as predicted, refusals included.</param>
/// <param name="AlignOnly">
/// The cases that the engine refuses for their alignment before there is any size (<see cref="NvdimmCodes.AlignIncompatible"/>): libvirt
/// cannot be asked, and QEMU refuses the alignment as predicted.
/// </param>
/// <param name="NotProbed">
/// The cases that cannot be probed with a regular file (dax devices, more than 512 GiB), or without libvirt: if libvirt is predicted to
/// refuse, there is no backend size for QEMU.
/// </param>
/// <param name="Mismatches">The cases in which the programs behave otherwise.</param>
public sealed record ConformanceGroup(
    GuestArchitecture Architecture, Alignment? Align, int Cases, int Conforming, int AlignOnly, int NotProbed, int Mismatches)
{
    /// <summary>The cases that could not be probed, because QEMU took too long twice (<see cref="ConformanceReport.Unprobed"/>).</summary>
    public int TimedOut { get; init; }
}
