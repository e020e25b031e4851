using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Installation;

/// <summary>The paths of the hooks' parts on a host. They are the same for the packages and for <c>nvdimm host install</c>.</summary>
/// <param name="Root">The root of the host's file system: <c>/</c>, or a folder that stands for a host, such as an image.</param>
internal sealed record HookTree(string Root)
{
    /// <summary>The hooks' program, which every hook point links to.</summary>
    public const string ProgramPath = "/usr/libexec/nvdimm-extensions/nvdimm-hook";

    /// <summary>
    /// The program that libvirt runs. The AppArmor profile of libvirt's daemon allows it to run programs in <c>/usr/bin</c>, unconfined,
    /// and none in <c>/usr/libexec</c> (Debian's libvirt 7.0 to 11.3, <c>/etc/apparmor.d/usr.sbin.libvirtd</c>). SELinux has the same type
    /// for both folders.
    /// </summary>
    public const string LibvirtProgramPath = "/usr/bin/nvdimm-hook";

    /// <summary>The name of the links. VDSM runs the scripts of a point in the order of their names; 50 is the convention.</summary>
    public const string LinkName = "50_nvdimm";

    /// <summary>The configuration file. Once installed it belongs to the administrator.</summary>
    public const string ConfigurationPath = "/etc/nvdimm-extensions/hook.conf";

    /// <summary>The udev rules that let VDSM's user, and nobody else, read the device files.</summary>
    public const string DeviceRulesPath = "/usr/lib/udev/rules.d/70-nvdimm-extensions.rules";

    /// <summary>Creates the folder of the records at boot, for hosts whose /var does not survive a reboot.</summary>
    public const string FolderRulesPath = "/usr/lib/tmpfiles.d/nvdimm-extensions.conf";

    /// <summary>
    /// The folder of the records. It stays after an uninstallation, because without the records no device is recognised again.
    /// </summary>
    public const string StatePath = LayoutLedger.DefaultFolder;

    /// <summary>The folders that the hooks write to: those of <c>nvdimm-extensions.tmpfiles.conf</c>.</summary>
    public static ValueList<string> StateFolders { get; } = [StatePath, $"{StatePath}/claims", $"{StatePath}/report"];

    /// <summary>VDSM's hooks (<c>vdsm 4.50, lib/vdsm/common/hooks.py, P_VDSM_HOOKS</c>).</summary>
    private const string VdsmHooks = "/usr/libexec/vdsm/hooks";

    /// <summary>libvirt's hooks (libvirt 9.0.0 <c>docs/hooks.rst</c>).</summary>
    private const string LibvirtHooks = "/etc/libvirt/hooks";

    /// <summary>The folders that only contain our files.</summary>
    public static ValueList<string> OwnFolders { get; } = [Path.GetDirectoryName(ProgramPath)!, Path.GetDirectoryName(ConfigurationPath)!];

    /// <summary>The program of a caller's hooks.</summary>
    public static string ProgramOf(HookCaller caller) => caller == HookCaller.Vdsm ? ProgramPath : LibvirtProgramPath;

    /// <summary>
    /// The link of libvirt's hook: one of several in a folder, or <c>hooks/qemu</c> itself if libvirt is too old for the folder.
    /// </summary>
    public string LibvirtLink => LibvirtHookFolder.IsUsed(this) ? $"{LibvirtHooks}/qemu.d/50-nvdimm" : $"{LibvirtHooks}/qemu";

    /// <summary>The links that lead a caller to its program.</summary>
    public IEnumerable<string> LinksOf(HookCaller caller) => caller == HookCaller.Vdsm ? HookPoints.All.Select(LinkOf) : [LibvirtLink];

    /// <summary>The link of a hook point.</summary>
    public static string LinkOf(string point) => $"{VdsmHooks}/{point}/{LinkName}";

    /// <summary>The program that the device rules run; it comes with the package acl.</summary>
    public const string DeviceRulesProgram = "/usr/bin/setfacl";

    /// <summary>Whether the tree is the running host's, and not a folder that stands for a host.</summary>
    public bool IsThisHost => Path.GetFullPath(Root) == "/";

    /// <summary>Prepends the root to a path on the host.</summary>
    public string Below(string path) => Path.Join(Root, path);
}
