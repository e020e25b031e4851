using System.Text;
using Nvdimm.Extensions;

namespace Nvdimm.Hook.Output;

/// <summary>Formats a hook's result as one line, which VDSM logs, and shows if the hook refuses.</summary>
internal static class HookLine
{
    /// <summary>The program's name, which starts every line.</summary>
    public const string Program = "nvdimm-hook";

    private const int Longest = 4000;

    /// <summary>The line; null if there is nothing to report.</summary>
    public static string? Of(string point, HookResult result, bool isSimulation)
    {
        if (result.Findings.Count == 0 && result.NewPayload is null)
        {
            return null;
        }

        List<string> parts = [Program, point];
        if (isSimulation)
        {
            parts.Add(result.IsRefused ? "simulation, would fail"
                : result.NewPayload is null ? "simulation"
                : "simulation, would change the payload");
        }

        if (result.Subject is { } subject)
        {
            parts.Add(subject);
        }

        if (result.Findings.Count > 0)
        {
            var findings = result.Findings.OrderByDescending(finding => finding.Severity == Severity.Error).ToList();
            parts.Add(string.Join(' ', findings.Select(finding => $"[{finding.Code}] {finding.Message}")));
        }
        else if (!isSimulation)
        {
            parts.Add("the payload is changed");
        }

        return Clean(string.Join(": ", parts));
    }

    private static bool IsPlain(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || char.IsSurrogate(character) || character == '\uFFFD')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text as one line of printable characters, cut to the length that a log takes.</summary>
    public static string Clean(string text)
    {
        if (text.Length <= Longest && IsPlain(text))
        {
            return text;
        }

        var clean = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= Longest)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(Rune.IsControl(rune) || rune == Rune.ReplacementChar ? "?" : rune.ToString());
        }

        return clean.ToString();
    }
}
