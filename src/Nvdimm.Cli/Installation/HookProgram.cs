namespace Nvdimm.Cli.Installation;

/// <summary>The content of the hooks' program.</summary>
internal static class HookProgram
{
    /// <summary>The program's file name.</summary>
    public const string Name = "nvdimm-hook";

    private const string WhereToGetIt =
        "The .NET tool comes without the hooks' program. Install the package vdsm-hook-nvdimm or libvirt-hook-nvdimm (.rpm or .deb) "
        + "instead, or build the program with "
        + "build/hook.sh and name it with --hook FILE.";

    // A larger file is not our program.
    private const long Largest = 64L << 20;

    private static readonly byte[] Elf = [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>Reads the named program; without a name, the one beside this tool.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or is not a Linux program.</exception>
    public static ReadOnlyMemory<byte> Read(string? path)
    {
        path ??= Path.Combine(AppContext.BaseDirectory, Name);
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > Largest)
        {
            throw new BadInputException(
                file.Exists ? $"{path} is too large for the hooks' program." : $"{path} does not exist. {WhereToGetIt}");
        }

        var content = File.ReadAllBytes(path);
        return content.AsSpan().StartsWith(Elf) ? content : throw new BadInputException($"{path} is no Linux program.");
    }

    /// <summary>The installed program of a caller, in any version; empty if none is installed.</summary>
    public static ReadOnlyMemory<byte> Installed(HookTree tree, HookCaller caller)
    {
        var path = tree.Below(HookTree.ProgramOf(caller));
        return File.Exists(path) ? File.ReadAllBytes(path) : default;
    }
}
