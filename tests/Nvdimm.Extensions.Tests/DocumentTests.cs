using System.Text.RegularExpressions;

namespace Nvdimm.Extensions.Tests;

/// <summary>What holds for every document of the repository.</summary>
public sealed partial class DocumentTests
{
    private const int LongestReadme = 150;

    private static IEnumerable<string> Documents => new[] { "src", "tests", "build" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TestFiles.RepositoryRoot, folder), "*.md", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(TestFiles.RepositoryRoot, "*.md"))
        .Select(file => Path.GetRelativePath(TestFiles.RepositoryRoot, file))
        .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));

    [Test]
    public void Readme_IsShort() =>
        Assert.That(File.ReadLines(Path.Combine(TestFiles.RepositoryRoot, "README.md")).Count(), Is.LessThanOrEqualTo(LongestReadme));

    [TestCaseSource(nameof(Documents))]
    public void Links_LeadToFiles(string document)
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, document);
        var missing = Link().Matches(File.ReadAllText(file))
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target)));
        Assert.That(missing, Is.Empty);
    }

    /// <summary>Every command of the repository that a document shows is there.</summary>
    [TestCaseSource(nameof(Documents))]
    public void Scripts_AreThere(string document)
    {
        var missing = Script().Matches(File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, document)))
            .Select(match => match.Groups["script"].Value)
            .Where(script => !File.Exists(Path.Combine(TestFiles.RepositoryRoot, script)));
        Assert.That(missing, Is.Empty);
    }

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(?<script>build/[\w-]+\.sh)", RegexOptions.NonBacktracking)]
    private static partial Regex Script();
}
