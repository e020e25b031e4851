using System.Text.Json;
using Microsoft.Playwright;

namespace Nvdimm.DevEngine.Tests.Page;

/// <summary>axe-core from npm, which <c>build/install-test-programs.sh</c> puts into artifacts/npm.</summary>
internal static class Axe
{
    /// <summary>The rules of WCAG 2.0 to 2.2, levels A and AA.</summary>
    private const string Run =
        """
        async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
          .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`))
        """;

    private static string Script => Path.Combine(TestFiles.RepositoryRoot, "artifacts", "npm", "node_modules", "axe-core", "axe.min.js");

    /// <summary>What in the page violates a rule.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        if (!File.Exists(Script))
        {
            RealProgram.Unavailable("axe-core is not installed; build/install-test-programs.sh gets it from npm");
        }

        // Evaluated and not added as an element: the page's Content-Security-Policy lets nobody add a script.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        return JsonSerializer.Deserialize<string[]>((await page.EvaluateAsync(Run))!.Value.GetRawText())!;
    }
}
