using Nvdimm.Extensions.Host.Programs;


namespace Nvdimm.Cli.Installation;

/// <summary>The folder <c>hooks/qemu.d</c>, in which newer libvirt runs the scripts of several packages.</summary>
internal static class LibvirtHookFolder
{
    private static readonly string[] Folders = ["/usr/lib64", "/usr/lib"];

    /// <summary>libvirt runs scripts in <c>hooks/qemu.d</c> from 6.5 on (libvirt 9.0.0 <c>docs/hooks.rst</c>).</summary>
    private static readonly Version First = new(6, 5, 0);

    /// <summary>Whether libvirt runs the scripts in <c>hooks/qemu.d</c>; true if no libvirt is found below the root.</summary>
    public static bool IsUsed(HookTree tree) => Versions(tree).DefaultIfEmpty(First).Max() >= First;

    private static IEnumerable<Version> Versions(HookTree tree) => Folders.Select(tree.Below)
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateDirectories(folder, "*-linux-gnu*").Prepend(folder))
        .SelectMany(folder => Directory.EnumerateFiles(folder, $"{LibvirtLibrary.Name}.*"))
        .Select(file => LibvirtLibrary.VersionOf(Path.GetFileName(file)))
        .OfType<Version>();
}
