namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>The captures of real listings.</summary>
internal static class Captures
{
    public static string Folder { get; } = TestFiles.PathOf("ndctl");

    /// <summary>All of them, as paths below <see cref="Folder"/>.</summary>
    public static IEnumerable<string> All => Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path))
        .Order(StringComparer.Ordinal);

    /// <summary>Those of <c>ndctl list -N -v</c>, which VDSM runs.</summary>
    public static IEnumerable<string> AsVdsmLists => All.Where(path => Path.GetFileName(path) == "list-N-v.json");

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Folder, path));

    public static NdctlListing Parse(string path) => NdctlParser.Parse(Bytes(path));
}
