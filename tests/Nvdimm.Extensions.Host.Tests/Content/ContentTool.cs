namespace Nvdimm.Extensions.Host.Tests.Content;

/// <summary>The programs that make file systems and the like, and those that say what is there. They are not in the path of every user.</summary>
internal static class ContentTool
{
    private static readonly string[] Folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

    /// <summary>Runs a program that has to succeed.</summary>
    /// <returns>What it prints to its output.</returns>
    public static string Run(string package, string program, params string[] arguments)
    {
        var path = Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        RealProgram.RequireFile(path ?? $"/usr/sbin/{program}", package);
        var (exitCode, output, error) = RealProgram.Run(path!, arguments);
        Assert.That(exitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}: {error}{output}");
        return output;
    }

    /// <summary>What <c>blkid</c> finds, by name.</summary>
    public static IReadOnlyDictionary<string, string> Blkid(string image) => Run("util-linux", "blkid", "-p", "-o", "export", image)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1].Replace("\\ ", " ", StringComparison.Ordinal), StringComparer.Ordinal);

    /// <summary>The number behind a name in the output of a program: <c>Block count:   128</c>, <c>dblocks = 76800</c>, <c>[0x 40 : 64]</c>.</summary>
    public static long Number(string output, string name)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith(name, StringComparison.Ordinal));
        Assert.That(line, Is.Not.Null, $"{name} in {output}");
        var rest = line!.TrimStart()[name.Length..];
        rest = rest.Contains('[', StringComparison.Ordinal) ? rest[(rest.LastIndexOf(':') + 1)..] : rest;
        var digits = rest.SkipWhile(character => !char.IsAsciiDigit(character));
        return long.Parse(string.Concat(digits.TakeWhile(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
    }
}
