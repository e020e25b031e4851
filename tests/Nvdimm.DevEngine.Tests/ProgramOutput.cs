using System.Diagnostics;

namespace Nvdimm.DevEngine.Tests;

/// <summary>What the program prints when it runs as a process of its own.</summary>
internal static class ProgramOutput
{
    /// <summary>The address of the API, from the first words of a program whose output is redirected.</summary>
    public static async Task<Uri> ApiAsync(Process program, CancellationToken cancellationToken)
    {
        const string Api = "API ";
        var words = new List<string>();
        while (await program.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            words.Add(line);
            if (line.StartsWith(Api, StringComparison.Ordinal))
            {
                return new Uri(line[Api.Length..].Trim() + "/");
            }
        }

        throw new AssertionException($"The program ended without an address:{Environment.NewLine}{string.Join(Environment.NewLine, words)}");
    }
}
