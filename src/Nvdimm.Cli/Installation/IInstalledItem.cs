using System.Runtime.Versioning;

namespace Nvdimm.Cli.Installation;

/// <summary>One part that an installation puts on a host.</summary>
[UnsupportedOSPlatform("windows")]
internal interface IInstalledItem
{
    /// <summary>The path on the host, without the root.</summary>
    string Path { get; }

    /// <summary>Examines the part without changing it.</summary>
    InstallationPart Look(HookTree tree);

    /// <summary>Installs the part, unless it is already correct or something foreign is in its place.</summary>
    InstallationPart Install(HookTree tree);

    /// <summary>Removes the part, unless it is missing or foreign.</summary>
    InstallationPart Uninstall(HookTree tree);
}
