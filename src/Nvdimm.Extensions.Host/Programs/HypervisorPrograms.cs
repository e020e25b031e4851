using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>Which programs are probed, and how.</summary>
public sealed record HypervisorPrograms
{
    /// <summary>
    /// The libvirt connection, such as <c>qemu:///system</c>. Null, the default, for none: then only QEMU is probed, with the backend
    /// size that the sizer predicts.
    /// </summary>
    public string? Connection { get; init; }

    /// <summary>libvirt's client: a path, or a name that is looked for in PATH. Default: <c>virsh</c>.</summary>
    public string Virsh { get; init; } = "virsh";

    /// <summary>
    /// The QEMUs that are chosen, at most one for each family of architectures. For the others, by default all, it is the one that libvirt would
    /// start, or without a connection the usual one, such as <c>qemu-system-x86_64</c>, and on a host of that architecture also <c>qemu-kvm</c>.
    /// </summary>
    public ValueList<ChosenQemu> Qemus { get; init; } = [];

    /// <summary>
    /// How long one start of a program may take before it is ended, above zero. Default: two minutes. Most take a tenth of a second, but a
    /// pseries guest with an NVDIMM of 511 GiB takes QEMU 7.2 six seconds on an idle machine, and several times that on a busy one.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Where the sparse files that stand for devices are made; they have no names, so that none is ever left over. The file system must
    /// have files as large as the devices. Default: the folder for temporary files.
    /// </summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();

    /// <summary>QEMU for an architecture: the chosen one, or by its usual name.</summary>
    internal string? QemuOf(GuestArchitecture architecture) =>
        Qemus.FirstOrDefault(chosen => chosen.Architecture.Family == architecture.Family)?.Program;
}
