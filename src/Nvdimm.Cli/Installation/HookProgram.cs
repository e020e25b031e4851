namespace Nvdimm.Cli.Installation;

/// <summary>The content of the hooks' program.</summary>
internal static class HookProgram
{
    /// <summary>Its name.</summary>
    public const string Name = "nvdimm-hook";

    private const string WhereToGetIt =
        "The .NET tool comes without the hooks' program. Install the package vdsm-hook-nvdimm or libvirt-hook-nvdimm (.rpm or .deb) instead, or build the program with "
        + "build/hook.sh and name it with --hook FILE.";

    // Nothing that is larger is a program of ours.
    private const long Largest = 64L << 20;

    private static readonly byte[] Elf = [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>The named program, or the one beside this tool.</summary>
    /// <exception cref="BadInputException">It cannot be read or is no Linux program.</exception>
    public static ReadOnlyMemory<byte> Read(string? path)
    {
        path ??= Path.Combine(AppContext.BaseDirectory, Name);
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > Largest)
        {
            throw new BadInputException(file.Exists ? $"{path} is too large for the hooks' program." : $"{path} does not exist. {WhereToGetIt}");
        }

        var content = File.ReadAllBytes(path);
        return content.AsSpan().StartsWith(Elf) ? content : throw new BadInputException($"{path} is no Linux program.");
    }

    /// <summary>The one that is installed for a caller, whichever version it is; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> Installed(HookTree tree, HookCaller caller)
    {
        var path = tree.Below(HookTree.ProgramOf(caller));
        return File.Exists(path) ? File.ReadAllBytes(path) : default;
    }
}
