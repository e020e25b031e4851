namespace Nvdimm.Extensions.Host.Native;

/// <summary>
/// Proves that a file that could not be opened does not exist: a missing record allows a start, so "no such file" and "not accessible" must
/// differ.
/// </summary>
internal static class MissingFile
{
    /// <summary>Checks the name, and each folder above it up to the first that exists.</summary>
    /// <exception cref="IOException">
    /// The name is that of a dangling link, or something on the way is not a folder, such as a link to a place that is not mounted.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to tell.</exception>
    public static void Prove(string path)
    {
        var full = Path.GetFullPath(path);
        if (SmallFile.LinkOrNull(full) is { Length: > 0 } target)
        {
            throw new IOException($"{full} is a link to {target}, where nothing is");
        }

        for (var folder = Path.GetDirectoryName(full);
            folder is not null && !Directory.Exists(folder);
            folder = Path.GetDirectoryName(folder))
        {
            if (DurableFiles.Exists(folder))
            {
                throw new IOException($"{folder} is no folder, or a link that leads to none");
            }
        }
    }
}
