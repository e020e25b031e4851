namespace Nvdimm.Cli.Installation;

/// <summary>The program that runs the hooks.</summary>
internal enum HookCaller
{
    /// <summary>VDSM, on an oVirt host: at its own hook points, as the user <c>vdsm</c>.</summary>
    Vdsm,

    /// <summary>libvirt's daemon, on any host, as root.</summary>
    Libvirt,
}
