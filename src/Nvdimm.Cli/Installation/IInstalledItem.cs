using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>Something that an installation puts on a host.</summary>
[UnsupportedOSPlatform("windows")]
internal interface IInstalledItem
{
    /// <summary>Its path on the host, without the root.</summary>
    string Path { get; }

    /// <summary>How it is there; changes nothing.</summary>
    InstallationPart Look(HookTree tree);

    /// <summary>Puts it there, unless it is there already or something else is.</summary>
    InstallationPart Install(HookTree tree);

    /// <summary>Removes it, unless it is not there or belongs to somebody else.</summary>
    InstallationPart Uninstall(HookTree tree);
}
