namespace Nvdimm.Extensions.TestSupport;

/// <summary>A folder below the system's temporary one, which goes with everything inside.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nvdimm-tests-");

    public string Path => folder.FullName;

    public string PathOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file and the folders that it needs.</summary>
    public string Write(string path, string content)
    {
        var full = PathOf(path.Split('/'));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
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

    /// <summary>A sparse file of that size with bytes at some offsets, which stands for a device because it is in the folder <c>dev</c>.</summary>
    public string Device(long size, params (long Offset, byte[] Bytes)[] parts)
    {
        var path = PathOf("dev", "pmem0");
        Directory.CreateDirectory(PathOf("dev"));
        using var file = File.Create(path);
        file.SetLength(size);
        foreach (var (offset, bytes) in parts)
        {
            file.Position = offset;
            file.Write(bytes);
        }

        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
