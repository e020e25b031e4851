using System.Runtime.Versioning;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Installation;

/// <summary>The state of one caller's hooks on a host.</summary>
/// <param name="Caller">The program that runs the hooks.</param>
/// <param name="Parts">The parts of the hooks.</param>
/// <param name="Problems">The problems to solve; empty if the hooks are not installed.</param>
internal sealed record HostHealth(HookCaller Caller, ValueList<InstallationPart> Parts, ValueList<InstallationProblem> Problems)
{
    /// <summary>Whether the hooks' program or any link to it exists.</summary>
    public bool IsInstalled => Parts.Any(part => IsProgram(part) && part.State != PartState.Missing);

    /// <summary>The number of parts that are installed correctly.</summary>
    public int InPlace => Parts.Count(IsInPlace);

    /// <summary>Whether every part is installed correctly and the configuration is valid.</summary>
    public bool IsGood => InPlace == Parts.Count && !Problems.Any(attention => attention.IsFault);

    /// <summary>Examines a host without changing it.</summary>
    /// <param name="tree">The host.</param>
    /// <param name="caller">The program that runs the hooks.</param>
    /// <param name="architecture">The architecture of the host's guests.</param>
    /// <param name="install">The command that installs the hooks there.</param>
    /// <exception cref="IOException">A file exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read a file.</exception>
    [UnsupportedOSPlatform("windows")]
    public static HostHealth Of(HookTree tree, HookCaller caller, GuestArchitecture architecture, string install)
    {
        var health = new HostHealth(caller, new HookInstallation(tree, caller, HookProgram.Installed(tree, caller)).Status(), []);
        if (!health.IsInstalled)
        {
            return health;
        }

        var (configuration, wrong) = Configuration(tree);
        return health with
        {
            Problems =
            [
                .. health.Parts.Where(part => !IsInPlace(part)).Select(part => OfPart(part, install)),
                .. wrong is null ? [] : new[] { wrong },
                .. configuration is { IsSimulation: true } ? new[] { Simulation(tree) } : [],
                .. configuration is null ? [] : Hypervisor(configuration, architecture, tree.Root),
                .. caller == HookCaller.Libvirt ? Daemon(tree) : [],
            ],
        };
    }

    [UnsupportedOSPlatform("windows")]
    private static IEnumerable<InstallationProblem> Daemon(HookTree tree) => LibvirtDaemon.IsOlderThan(tree, tree.Below(tree.LibvirtLink))
        ? [new InstallationProblem(
            "libvirt's daemon was started before the hook was installed, and does not run it.", LibvirtDaemon.Restart, IsFault: true)]
        : [];

    private static bool IsInPlace(InstallationPart part) => part.State is PartState.Present or PartState.Kept;

    /// <summary>
    /// Whether a part is the program or a link to it. The state folder and the configuration stay after an uninstallation.
    /// </summary>
    private bool IsProgram(InstallationPart part) => part.Path == HookTree.ProgramOf(Caller)
        || (Caller == HookCaller.Vdsm
            ? part.Path.EndsWith($"/{HookTree.LinkName}", StringComparison.Ordinal)
            : part.Path != HookTree.StatePath);

    private static InstallationProblem OfPart(InstallationPart part, string install) => part.State switch
    {
        PartState.Missing => new InstallationProblem($"{part.Path} is missing.", install, IsFault: true),
        PartState.Foreign =>
            new InstallationProblem($"{part.Path} is not ours. {part.Detail}", "Move it away, and then: " + install, IsFault: true),
        _ => new InstallationProblem($"{part.Path}: {part.Detail}", install, IsFault: true),
    };

    private static (HookConfiguration? Configuration, InstallationProblem? Wrong) Configuration(HookTree tree)
    {
        try
        {
            return (HookConfiguration.Load(tree.Root), null);
        }
        catch (HookException wrong)
        {
            return (null, new InstallationProblem(
                wrong.Message, "Until this is mended, every VM with an NVDIMM is refused at its start.", IsFault: true));
        }
    }

    private static InstallationProblem Simulation(HookTree tree) =>
        new(
            "The hooks only say what they would refuse: VMs start unchecked.",
            $"Remove 'simulate = yes' from {tree.Below(HookTree.ConfigurationPath)}.",
            IsFault: true);

    private static IEnumerable<InstallationProblem> Hypervisor(HookConfiguration configuration, GuestArchitecture architecture, string root)
    {
        var result = new FingerprintStore(configuration.StateFolder).Check(architecture);
        var what = result.State switch
        {
            FingerprintState.Verified => null,
            FingerprintState.Missing => "libvirt and QEMU were never checked on this host.",
            FingerprintState.Changed => "libvirt or QEMU were changed after they were checked.",
            FingerprintState.Drift => "libvirt or QEMU do something else than predicted.",
            _ => $"libvirt and QEMU are not verified: {result.Reason}.",
        };
        if (what is not null)
        {
            var rows = result.MayBeKnown ? InstalledVersions.Near(architecture, root) : null;
            var meaning = (configuration.UnverifiedHypervisor, rows) switch
            {
                _ when result.State == FingerprintState.Drift =>
                    " Until they do what is predicted, every VM with an NVDIMM is refused at its start.",
                (UnverifiedReaction.Warn, _) => "",
                (UnverifiedReaction.Known, not null) => $" VMs with NVDIMMs start with a warning: {rows}.",
                _ => " Until they are, every VM with an NVDIMM is refused at its start.",
            };
            yield return new InstallationProblem(what + meaning, "nvdimm verify --connect qemu:///system --record", IsFault: false);
        }
    }
}
