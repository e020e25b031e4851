using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>The swap areas in <c>/proc/swaps</c>.</summary>
internal static class SwapTable
{
    /// <summary>The files of the swap areas; the first line is a heading.</summary>
    public static IEnumerable<string> Read(string path) =>
        SmallFile.Lines(path).Skip(1).Select(line => OctalText.Decode(line.Split([' ', '\t'])[0]));
}
