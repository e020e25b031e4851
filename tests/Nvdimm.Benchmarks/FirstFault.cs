using System.Diagnostics;
using System.Text.RegularExpressions;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.Benchmarks;

/// <summary>What the first fault of a process costs: finding its codes, by the library and by a regular expression for each text.</summary>
internal static class FirstFault
{
    private const string Detail = "[Cannot add Host devices. VM must be pinned to a host., Cannot add Host devices because the VM is in Up status.]";

    /// <summary>Milliseconds of the first call of each, in this process.</summary>
    public static (double Ours, double Patterns) Compare()
    {
        // The texts themselves are there before: whoever shows a finding has them.
        var templates = FindingTexts.Codes.Select(code => FindingTexts.Template(code)!).ToArray();
        var start = Stopwatch.GetTimestamp();
        var found = FaultCodes.In(Detail).Count;
        var ours = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        start = Stopwatch.GetTimestamp();
        var matching = templates.Count(template => PatternOf(template).IsMatch(Detail));
        var patterns = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return matching == found ? (ours, patterns) : throw new InvalidOperationException($"{found} codes were found, {matching} patterns match");
    }

    private static Regex PatternOf(string template)
    {
        var parts = Regex.Split(template, @"\$\{[A-Za-z]+\}", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)).Select(Regex.Escape);
        return new Regex(string.Join("[^\\n]*?", parts), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
