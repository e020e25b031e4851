namespace Nvdimm.Hook.Tests;

/// <summary>The native program as it is installed, made by <c>build/hook.sh</c>.</summary>
internal static class NativeHook
{
    private static readonly string Program = Path.Combine(TestFiles.RepositoryRoot, "artifacts", "hook", "nvdimm-hook");

    /// <summary>Its path. In CI it has to be there; elsewhere a test without it is skipped, and so is one with a program older than its source.</summary>
    public static string Require()
    {
        if (RealProgram.IsFast)
        {
            RealProgram.Unavailable("it needs the hooks' native program");
        }

        var newest = Directory.EnumerateDirectories(Path.Combine(TestFiles.RepositoryRoot, "src"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Max(File.GetLastWriteTimeUtc);
        if (!File.Exists(Program) || File.GetLastWriteTimeUtc(Program) < newest)
        {
            RealProgram.Unavailable("The hooks' native program is missing or older than its source: run build/hook.sh (Debian packages clang, lld, zlib1g-dev)");
        }

        return Program;
    }
}
