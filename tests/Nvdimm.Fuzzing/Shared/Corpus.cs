using System.Security.Cryptography;

namespace Nvdimm.Fuzzing.Shared;

/// <summary>The inputs that are kept as test data.</summary>
internal static class Corpus
{
    /// <summary>An input that once broke something begins so; it stays when the others are chosen anew.</summary>
    public const string Regression = "regression-";

    public static string FolderOf(FuzzTarget target) => TestFiles.PathOf("fuzz", target.Name);

    /// <summary>The files, in an order that does not change.</summary>
    public static IReadOnlyList<string> FilesOf(FuzzTarget target) =>
        [.. Directory.EnumerateFiles(FolderOf(target)).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<byte[]> Of(FuzzTarget target) => [.. FilesOf(target).Select(File.ReadAllBytes)];

    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 8));
}
