namespace Nvdimm.Extensions.Ndctl;

/// <summary>Finds a program as a shell does.</summary>
internal static class ProgramPath
{
    /// <summary>
    /// The full path of a program; null where no file has it. A name is looked for in the absolute folders of PATH only:
    /// <c>Process.Start</c> looks into the program's own folder and into the current one first, which is not for a process with root's rights.
    /// </summary>
    public static string? Find(string program)
    {
        if (program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Path.GetFullPath(program);
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
