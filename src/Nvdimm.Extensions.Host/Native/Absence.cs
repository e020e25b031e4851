namespace Nvdimm.Extensions.Host.Native;

/// <summary>Makes sure that a file which could not be opened is not there, rather than out of reach: that there is no record allows a start.</summary>
internal static class Absence
{
    /// <summary>Looks at the name and at each folder above it, up to the first that is there.</summary>
    /// <exception cref="IOException">
    /// A link that leads nowhere has the name, or something that is no folder is in the way, such as a link to a place that is not mounted.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">That cannot be told.</exception>
    public static void Require(string path)
    {
        var full = Path.GetFullPath(path);
        if (new FileInfo(full).LinkTarget is { } target)
        {
            throw new IOException($"{full} is a link to {target}, where nothing is");
        }

        for (var folder = Path.GetDirectoryName(full); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            if (DurableFiles.IsThere(folder))
            {
                throw new IOException($"{folder} is no folder, or a link that leads to none");
            }
        }
    }
}
