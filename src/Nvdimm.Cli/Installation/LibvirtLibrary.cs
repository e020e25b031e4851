using System.Globalization;

namespace Nvdimm.Cli.Installation;

/// <summary>The version of the libvirt that is installed below a root, as the file name of its library has it: <c>libvirt.so.0.9000.0</c> is 9.0.0.</summary>
internal static class LibvirtLibrary
{
    private const string Start = "libvirt.so.0.";

    private static readonly string[] Folders = ["/usr/lib64", "/usr/lib"];

    /// <summary>libvirt looks into <c>hooks/qemu.d</c> from 6.5 on (libvirt 9.0.0 <c>docs/hooks.rst</c>).</summary>
    private const int FirstWithFolder = 6005;

    /// <summary>Whether libvirt runs the scripts in <c>hooks/qemu.d</c>; also where none is found.</summary>
    public static bool HasHookFolder(HookTree tree) => Versions(tree).DefaultIfEmpty(FirstWithFolder).Max() >= FirstWithFolder;

    private static IEnumerable<int> Versions(HookTree tree) =>
        from folder in Folders.Select(tree.Below).Where(Directory.Exists)
        from inner in Directory.EnumerateDirectories(folder, "*-linux-gnu*").Prepend(folder)
        from name in Directory.EnumerateFiles(inner, $"{Start}*").Select(file => Path.GetFileName(file))

        // The pattern also has libvirt.so.0 itself.
        where name.StartsWith(Start, StringComparison.Ordinal)
        let digits = name[Start.Length..].Split('.')[0]
        where int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select int.Parse(digits, CultureInfo.InvariantCulture);
}
