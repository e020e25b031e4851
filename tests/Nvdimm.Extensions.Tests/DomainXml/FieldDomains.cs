namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>The domains of <c>tests/TestData/field-domains</c> and <c>field-live</c>.</summary>
internal static class FieldDomains
{
    public static IReadOnlyList<string> All { get; } = [.. Files("field-domains"), .. Files("field-live")];

    public static string Text(string name) => TestFiles.Text("field-domains", name + ".xml");

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(TestFiles.PathOf(folder), "*.xml").Order(StringComparer.Ordinal);
}
