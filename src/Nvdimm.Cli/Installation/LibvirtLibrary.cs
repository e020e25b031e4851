using System.Globalization;

namespace Nvdimm.Cli.Installation;

/// <summary>The version of the libvirt that is installed below a root, as the file name of its library has it: <c>libvirt.so.0.9000.0</c> is 9.0.0.</summary>
internal static class LibvirtLibrary
{
    /// <summary>The pattern with a star has <c>libvirt.so.0</c> itself, too.</summary>
    private const string Start = "libvirt.so.0.";

    private static readonly string[] Folders = ["/usr/lib64", "/usr/lib"];

    /// <summary>libvirt looks into <c>hooks/qemu.d</c> from 6.5 on (libvirt 9.0.0 <c>docs/hooks.rst</c>).</summary>
    private const int FirstWithFolder = 6005;

    /// <summary>Whether libvirt runs the scripts in <c>hooks/qemu.d</c>; also where none is found.</summary>
    public static bool HasHookFolder(HookTree tree) => Versions(tree).DefaultIfEmpty(FirstWithFolder).Max() >= FirstWithFolder;

    private static IEnumerable<int> Versions(HookTree tree) => Folders.Select(tree.Below)
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateDirectories(folder, "*-linux-gnu*").Prepend(folder))
        .SelectMany(folder => Directory.EnumerateFiles(folder, $"{Start}*"))
        .Select(file => Path.GetFileName(file))
        .Where(name => name.StartsWith(Start, StringComparison.Ordinal))
        .Select(name => int.TryParse(name[Start.Length..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .Where(number => number > 0);
}
