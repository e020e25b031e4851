namespace Nvdimm.Cli.Installation;

/// <summary>The files inside the tool: for an installation, and for shells.</summary>
internal static class Resources
{
    /// <summary>The configuration with every key and its default.</summary>
    public static ReadOnlyMemory<byte> Configuration => Read("hook.conf");

    /// <summary>The udev rules.</summary>
    public static ReadOnlyMemory<byte> DeviceRules => Read("70-nvdimm-extensions.rules");

    /// <summary>The systemd-tmpfiles configuration.</summary>
    public static ReadOnlyMemory<byte> FolderRules => Read("nvdimm-extensions.tmpfiles.conf");

    /// <summary>The script that enters another file system for <c>nvdimm verify --root</c>.</summary>
    public static ReadOnlyMemory<byte> RootVerification => Read("verify-root.sh");

    /// <summary>The completion script for a shell.</summary>
    /// <param name="shell">The shell's name.</param>
    public static ReadOnlyMemory<byte> Completion(string shell) => Read($"nvdimm.{shell}");

    private static byte[] Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
