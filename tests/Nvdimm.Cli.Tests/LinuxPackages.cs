namespace Nvdimm.Cli.Tests;

/// <summary>What <c>build/package.sh</c> has made.</summary>
internal static class LinuxPackages
{
    public static string Folder { get; } = Path.Combine(TestFiles.RepositoryRoot, "artifacts", "linux");

    public static string[] Files(string pattern) => Directory.Exists(Folder) ? Directory.GetFiles(Folder, pattern) : [];

    /// <summary>Ends a test where there are none, or nobody who may install them.</summary>
    public static void Require()
    {
        if (Files("*.deb").Length < 4)
        {
            RealProgram.Unavailable("There are no packages in artifacts/linux: build/package.sh makes them.");
        }

        if (!Environment.IsPrivilegedProcess)
        {
            RealProgram.Unavailable("Only root installs packages, even below a folder.");
        }
    }
}
