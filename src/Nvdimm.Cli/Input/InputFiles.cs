using Nvdimm.Cli.Help;
using Nvdimm.Cli.Terminal;

namespace Nvdimm.Cli.Input;

/// <summary>Opens the files that the command line names.</summary>
internal static class InputFiles
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static Task<T> ReadAsync<T>(
        ToolEnvironment environment, string path, Func<Stream, T> read, CancellationToken cancellationToken) =>
        Progress.WaitAsync(
            environment, $"Reading {NameOf(path)}", Task.Run(() => Read(environment, path, read), cancellationToken), cancellationToken);

    /// <summary>The name of the file in messages.</summary>
    public static string NameOf(string path) => path == Options.StandardInput ? "standard input" : path;

    /// <summary>Refuses a folder, for which the system would only report that access is denied.</summary>
    /// <exception cref="BadInputException">The path is a folder.</exception>
    public static void RequireNoFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new BadInputException($"{path} is a folder, and a file is needed");
        }
    }

    private static T Read<T>(ToolEnvironment environment, string path, Func<Stream, T> read)
    {
        try
        {
            if (path == Options.StandardInput)
            {
                return read(environment.Input);
            }

            RequireNoFolder(path);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return read(file);
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "path" })
        {
            throw new BadInputException($"{NameOf(path)} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
