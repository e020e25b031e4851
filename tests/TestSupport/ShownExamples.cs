namespace Nvdimm.Extensions.TestSupport;

/// <summary>Examples that a document shows and a test project compiles: between <c>// shown in FILE: begin</c> and <c>end</c>.</summary>
internal static class ShownExamples
{
    public static void AssertShown(params string[] sourceFile)
    {
        var lines = File.ReadAllLines(Path.Combine([TestFiles.RepositoryRoot, "tests", .. sourceFile]));
        var shown = 0;
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].Trim() is var marker && marker.StartsWith("// shown in ", StringComparison.Ordinal) && marker.EndsWith(": begin", StringComparison.Ordinal))
            {
                var document = marker["// shown in ".Length..^": begin".Length];
                var indent = lines[index].Length - lines[index].TrimStart().Length;
                var body = lines.Skip(index + 1).TakeWhile(line => line.Trim() != $"// shown in {document}: end").Select(line => line.Length > indent ? line[indent..] : "");
                var text = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, document));
                Assert.That(text, Does.Contain($"```csharp\n{string.Join('\n', body).TrimEnd()}\n```"), document);
                shown++;
            }
        }

        Assert.That(shown, Is.Positive, "no example is marked");
    }
}
