using System.Reflection;

namespace Nvdimm.Extensions.TestSupport;

/// <summary>Files of the repository, for tests.</summary>
internal static class TestFiles
{
    public static string RepositoryRoot { get; } = typeof(TestFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string PathOf(params string[] parts) => Path.Combine([RepositoryRoot, "tests", "TestData", .. parts]);

    public static string Text(params string[] parts) => File.ReadAllText(PathOf(parts));
}
