namespace Nvdimm.Extensions.TestSupport;

/// <summary>A folder below the system's temporary one, which goes with everything inside.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nvdimm-tests-");

    public string Root => folder.FullName;

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Writes a file and the folders that it needs.</summary>
    public string Write(string path, string content)
    {
        var full = PathOf(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    /// <summary>Writes a program for <c>/bin/sh</c>.</summary>
    public string WriteScript(string name, string body)
    {
        var script = Write(name, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return script;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
