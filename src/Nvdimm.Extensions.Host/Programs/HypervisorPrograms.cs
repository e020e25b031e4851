using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>The programs to probe, and the limits.</summary>
public sealed record HypervisorPrograms
{
    /// <summary>
    /// The libvirt connection, such as <c>qemu:///system</c>. Null, the default, for none: then only QEMU is probed, with the predicted
    /// backend size.
    /// </summary>
    public string? Connection { get; init; }

    /// <summary>libvirt's client: a path, or a name that is looked up in PATH. Default: <c>virsh</c>.</summary>
    public string Virsh { get; init; } = "virsh";

    /// <summary>
    /// The chosen QEMUs, at most one for each family of architectures. For all other families it is the one that libvirt would start or,
    /// without a connection, the usual one, such as <c>qemu-system-x86_64</c>, and on a host of that architecture also <c>qemu-kvm</c>.
    /// </summary>
    public ValueList<ChosenQemu> Qemus { get; init; } = [];

    /// <summary>
    /// The time limit for one start of a program, above zero. Default: two minutes. Most starts take a tenth of a second, but a pseries
    /// guest with an NVDIMM of 511 GiB takes QEMU 7.2 six seconds on an idle machine, and several times that on a busy one.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The folder for the sparse files that stand for devices. The files have no names, so none is ever left behind. The file system must
    /// support files as large as the devices. Default: the folder for temporary files.
    /// </summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();

    /// <summary>The chosen QEMU for an architecture; null if none was chosen.</summary>
    internal string? QemuOf(GuestArchitecture architecture) =>
        Qemus.FirstOrDefault(chosen => chosen.Architecture.Family == architecture.Family)?.Program;
}

/// <summary>A QEMU to check.</summary>
/// <param name="Architecture">An architecture of its guests, which stands for the whole family.</param>
/// <param name="Program">The program: a path, or a name that is looked up in PATH.</param>
public sealed record ChosenQemu(GuestArchitecture Architecture, string Program);
