using System.Text.RegularExpressions;
using Nvdimm.DevEngine.Queries;

namespace Nvdimm.DevEngine.Tests.Wire;

public sealed class WildcardTests
{
    [TestCase("", "", true)]
    [TestCase("", "a", false)]
    [TestCase("*", "", true)]
    [TestCase("a*", "a", true)]
    [TestCase("a*c", "abbc", true)]
    [TestCase("a*c", "abcb", false)]
    [TestCase("*ab", "aab", true)]
    [TestCase("*a*b*", "xxaxxbxx", true)]
    [TestCase("A", "a", false)]
    public void Pattern_OfStars_Matches(string pattern, string text, bool expected) => Assert.That(Wildcard.IsMatch(pattern, text, isCaseSensitive: true), Is.EqualTo(expected));

    [Test]
    public void Pattern_WithoutCase_Matches() => Assert.That(Wildcard.IsMatch("VM*É", "vm-é", isCaseSensitive: false), Is.True);

    /// <summary>The regular expression that means the same, over all short patterns and texts.</summary>
    [Test]
    public void Patterns_MatchAsTheirExpressionDoes()
    {
        var wrong = from pattern in Words("ab*", 4)
                    let expression = new Regex($@"\A{pattern.Replace("*", ".*", StringComparison.Ordinal)}\z", RegexOptions.None, TimeSpan.FromSeconds(10))
                    from text in Words("ab", 5)
                    where Wildcard.IsMatch(pattern, text, isCaseSensitive: true) != expression.IsMatch(text)
                    select (pattern, text);
        Assert.That(wrong, Is.Empty);
    }

    private static IEnumerable<string> Words(string letters, int longest) => longest == 0
        ? [""]
        : Words(letters, longest - 1).Concat(Words(letters, longest - 1).Where(word => word.Length == longest - 1).SelectMany(word => letters.Select(letter => word + letter)));
}
