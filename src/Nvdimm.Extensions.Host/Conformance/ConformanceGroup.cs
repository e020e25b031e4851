using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The cases of one architecture and one alignment.</summary>
/// <param name="Architecture">The guests' architecture.</param>
/// <param name="Align">The alignment that the devices report; null for none.</param>
/// <param name="Cases">All cases: the sum of the other four, and of those that took too long.</param>
/// <param name="Conforming">Those in which the programs do what is predicted, refusals included.</param>
/// <param name="AlignOnly">
/// Those that the engine refuses for their alignment before there is any size (<see cref="NvdimmCodes.AlignIncompatible"/>): libvirt
/// cannot be asked, and QEMU refuses the alignment as predicted.
/// </param>
/// <param name="NotProbed">
/// Those that cannot be probed with a regular file (dax devices, more than 512 GiB), or without libvirt: where libvirt is predicted to refuse,
/// there is no backend size for QEMU.
/// </param>
/// <param name="Mismatches">Those in which they do something else.</param>
public sealed record ConformanceGroup(
    GuestArchitecture Architecture, Alignment? Align, int Cases, int Conforming, int AlignOnly, int NotProbed, int Mismatches)
{
    /// <summary>Those that could not be probed, as QEMU took too long twice (<see cref="ConformanceReport.Unprobed"/>).</summary>
    public int TimedOut { get; init; }
}
