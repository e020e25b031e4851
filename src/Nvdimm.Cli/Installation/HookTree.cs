using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Installation;

/// <summary>Where the parts of the hooks are on a host, below a root: the same whether a package or <c>nvdimm host install</c> puts them there.</summary>
/// <param name="Root">The root of the host's file system: <c>/</c>, or a folder that stands for it.</param>
internal sealed record HookTree(string Root)
{
    /// <summary>The hooks' program, which every hook point links to.</summary>
    public const string ProgramPath = "/usr/libexec/nvdimm-extensions/nvdimm-hook";

    /// <summary>
    /// The program that libvirt runs. AppArmor's profile of libvirt's daemon lets it run what is in <c>/usr/bin</c>, unconfined, and nothing in
    /// <c>/usr/libexec</c> (Debian's libvirt 7.0 to 11.3, <c>/etc/apparmor.d/usr.sbin.libvirtd</c>); SELinux has the same type for both.
    /// </summary>
    public const string LibvirtProgramPath = "/usr/bin/nvdimm-hook";

    /// <summary>What the links are called: VDSM runs the scripts of a point in the order of their names, and 50 is the convention.</summary>
    public const string LinkName = "50_nvdimm";

    /// <summary>The configuration, which belongs to the administrator from the first moment on.</summary>
    public const string ConfigurationPath = "/etc/nvdimm-extensions/hook.conf";

    /// <summary>Lets VDSM's user read the device files, and nobody else.</summary>
    public const string DeviceRulesPath = "/usr/lib/udev/rules.d/70-nvdimm-extensions.rules";

    /// <summary>Makes the folder of the records at boot, where a host keeps /var for less long.</summary>
    public const string FolderRulesPath = "/usr/lib/tmpfiles.d/nvdimm-extensions.conf";

    /// <summary>The records, which stay when everything else goes: they are what recognises a device again.</summary>
    public const string StatePath = LayoutLedger.DefaultFolder;

    /// <summary>The folders that the hooks write in: those of <c>nvdimm-extensions.tmpfiles.conf</c>.</summary>
    public static ValueList<string> StateFolders { get; } = [StatePath, $"{StatePath}/claims", $"{StatePath}/report"];

    /// <summary>VDSM's hooks (<c>vdsm 4.50, lib/vdsm/common/hooks.py, P_VDSM_HOOKS</c>).</summary>
    private const string VdsmHooks = "/usr/libexec/vdsm/hooks";

    /// <summary>libvirt's hooks (libvirt 9.0.0 <c>docs/hooks.rst</c>).</summary>
    private const string LibvirtHooks = "/etc/libvirt/hooks";

    /// <summary>The folders that nobody else has anything in.</summary>
    public static ValueList<string> OwnFolders { get; } = [Path.GetDirectoryName(ProgramPath)!, Path.GetDirectoryName(ConfigurationPath)!];

    /// <summary>The program of a caller's hooks.</summary>
    public static string ProgramOf(HookCaller caller) => caller == HookCaller.Vdsm ? ProgramPath : LibvirtProgramPath;

    /// <summary>The link of libvirt's hook: one of several in a folder, or the only one where libvirt is too old for that.</summary>
    public string LibvirtLink => LibvirtHookFolder.IsUsed(this) ? $"{LibvirtHooks}/qemu.d/50-nvdimm" : $"{LibvirtHooks}/qemu";

    /// <summary>The links to a caller's program.</summary>
    public IEnumerable<string> LinksOf(HookCaller caller) => caller == HookCaller.Vdsm ? HookPoints.All.Select(LinkOf) : [LibvirtLink];

    /// <summary>The link of a hook point.</summary>
    public static string LinkOf(string point) => $"{VdsmHooks}/{point}/{LinkName}";

    /// <summary>What the device rules run: of the package acl.</summary>
    public const string DeviceRulesProgram = "/usr/bin/setfacl";

    /// <summary>Whether it is the host that this runs on, and no folder that stands for one.</summary>
    public bool IsThisHost => Path.GetFullPath(Root) == "/";

    /// <summary>The path below the root of a path on the host.</summary>
    public string Below(string path) => Path.Join(Root, path);
}
