using System.Globalization;

namespace Nvdimm.Lab.Tests;

/// <summary>What the kernel says of its NVDIMM devices: <c>sysfs.txt</c> of a capture.</summary>
internal sealed class KernelDevices
{
    private readonly Dictionary<string, Dictionary<string, string>> devices = new(StringComparer.Ordinal);

    private KernelDevices()
    {
    }

    /// <summary>The device files.</summary>
    public IEnumerable<string> Paths => devices.Keys;

    public static KernelDevices Read(string text)
    {
        var kernel = new KernelDevices();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                values = new(StringComparer.Ordinal);
                var words = line.Split(' ');
                if (words[1] == "block" || words[1].StartsWith("/sys/bus/dax/", StringComparison.Ordinal))
                {
                    kernel.devices[$"/dev/{Path.GetFileName(words[1] == "block" ? words[2] : words[1])}"] = values;
                }
            }
            else
            {
                values[line[..line.IndexOf('=', StringComparison.Ordinal)]] = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
            }
        }

        return kernel;
    }

    /// <summary>A figure of a device; null where the kernel has none, or says that it knows none.</summary>
    public long? Figure(string path, params string[] names)
    {
        var text = names.Select(name => devices[path].GetValueOrDefault(name)).FirstOrDefault(text => text is not null);
        return text is null || long.Parse(text, CultureInfo.InvariantCulture) is -1 ? null : long.Parse(text, CultureInfo.InvariantCulture);
    }
}
