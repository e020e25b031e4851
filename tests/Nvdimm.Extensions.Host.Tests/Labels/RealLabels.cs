using System.IO.Compression;

namespace Nvdimm.Extensions.Host.Tests.Labels;

/// <summary>Label areas that real guests have written; see tests/TestData/labels/README.md.</summary>
internal static class RealLabels
{
    public const int Size = 128 << 10;
    public const string TwoNamespaces = "x86-v1.2-two-namespaces";

    public static readonly string[] Names = ["x86-v1.1-initialised", "x86-v1.1-one-namespace", "x86-v1.1-two-namespaces", TwoNamespaces];

    public static byte[] Read(string name)
    {
        using var packed = new GZipStream(File.OpenRead(TestFiles.PathOf("labels", $"{name}.bin.gz")), CompressionMode.Decompress);
        var area = new byte[Size];
        packed.ReadExactly(area);
        Assert.That(packed.ReadByte(), Is.EqualTo(-1));
        return area;
    }
}
