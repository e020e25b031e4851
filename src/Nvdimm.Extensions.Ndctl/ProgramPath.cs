namespace Nvdimm.Extensions.Ndctl;

/// <summary>Finds a program in PATH as a shell does.</summary>
internal static class ProgramPath
{
    /// <summary>
    /// The full path of a program; null if there is no such file. A name is searched for only in the absolute folders of PATH.
    /// <c>Process.Start</c> would search the program's own folder and the current folder first, which is unsafe for a process with root's
    /// rights. A name with a NUL, which no file can have, is null, too.
    /// </summary>
    public static string? Find(string program)
    {
        if (program.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Path.GetFullPath(program);
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
