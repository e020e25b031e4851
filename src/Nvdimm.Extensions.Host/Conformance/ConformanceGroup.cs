using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>The cases of one architecture and one alignment.</summary>
public sealed record ConformanceGroup
{
    /// <summary>The guests' architecture.</summary>
    public required GuestArchitecture Architecture { get; init; }

    /// <summary>The alignment that the devices report; null for none.</summary>
    public required Alignment? Align { get; init; }

    /// <summary>The number of all cases: the sum of the other four numbers, and of the cases that took too long.</summary>
    public required int Cases { get; init; }

    /// <summary>The cases in which the programs behave as predicted, refusals included.</summary>
    public required int Conforming { get; init; }

    /// <summary>
    /// The cases that the engine refuses for their alignment before there is any size (<see cref="NvdimmCodes.AlignIncompatible"/>):
    /// libvirt cannot be asked, and QEMU refuses the alignment as predicted.
    /// </summary>
    public required int AlignOnly { get; init; }

    /// <summary>
    /// The cases that cannot be probed with a regular file (dax devices, more than 512 GiB), or without libvirt: if libvirt is predicted to
    /// refuse, there is no backend size for QEMU.
    /// </summary>
    public required int NotProbed { get; init; }

    /// <summary>The cases in which the programs behave otherwise.</summary>
    public required int Mismatches { get; init; }

    /// <summary>The cases that could not be probed, because QEMU took too long twice (<see cref="ConformanceReport.Unprobed"/>).</summary>
    public int TimedOut { get; init; }
}
