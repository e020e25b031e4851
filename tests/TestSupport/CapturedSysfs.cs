namespace Nvdimm.Extensions.TestSupport;

/// <summary>Makes a sysfs below a folder again from what was captured on a host (<c>tests/TestData/ndctl/*/sysfs.txt</c>).</summary>
internal static class CapturedSysfs
{
    /// <summary>The host of a scenario. Device files are empty: only their names count.</summary>
    public static void Make(TemporaryFolder folder, string scenario)
    {
        var current = "";
        foreach (var line in TestFiles.Text("ndctl", scenario, "sysfs.txt").Split('\n'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                current = Section(folder, line[3..].Split(" -> "));
            }
            else if (current.Length > 0 && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                Attribute(folder, current, line[..at], line[(at + 1)..]);
            }
        }
    }

    private static string Section(TemporaryFolder folder, string[] parts)
    {
        if (parts is not [var link, var real])
        {
            return "";
        }

        var name = Path.GetFileName(real);
        Directory.CreateDirectory(folder.PathOf(real[1..].Split('/')));
        var from = link.StartsWith("block ", StringComparison.Ordinal) ? $"sys/block/{name}" : link[1..];
        if (!Path.Exists(folder.PathOf(from.Split('/'))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(from.Split('/')))!);
            Directory.CreateSymbolicLink(folder.PathOf(from.Split('/')), folder.PathOf(real[1..].Split('/')));
        }

        folder.Write($"dev/{name}", "");
        return real[1..];
    }

    private static void Attribute(TemporaryFolder folder, string real, string key, string value)
    {
        if (value.Contains("read error", StringComparison.Ordinal))
        {
            return;
        }

        if (key == "driver")
        {
            Directory.CreateSymbolicLink(folder.PathOf([.. real.Split('/'), "driver"]), $"/sys/bus/nd/drivers/{value}");
        }
        else
        {
            folder.Write($"{real}/{(key == "size_512" ? "size" : key)}", $"{value}\n");
        }
    }
}
