using System.Text;
using Nvdimm.Extensions;

namespace Nvdimm.Hook.Output;

/// <summary>What a hook says, in one line: VDSM logs it, and for a refusal shows it.</summary>
internal static class HookLine
{
    /// <summary>The name of the program, which starts every line that it writes.</summary>
    public const string Program = "nvdimm-hook";

    private const int Longest = 4000;

    /// <summary>The line; null where there is nothing to say.</summary>
    public static string? Of(string point, HookResult result, bool isSimulation)
    {
        if (result.Findings.Count == 0 && result.NewPayload is null)
        {
            return null;
        }

        List<string> parts = [Program, point];
        if (isSimulation)
        {
            parts.Add(result.IsRefused ? "simulation, would fail" : result.NewPayload is null ? "simulation" : "simulation, would change the payload");
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

    /// <summary>One line of printable characters, not longer than a log takes.</summary>
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
