using System.Text.RegularExpressions;

namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>The engine's domains.</summary>
internal static class ModelDomain
{
    private const string Pattern = "<memory model=.*?</memory>";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly string Without = TestFiles.Text("hook", "engine-without.xml");
    private static readonly string One = TestFiles.Text("hook", "engine-one.xml");

    private static readonly string Element =
        Regex.Match(One, Pattern, RegexOptions.Singleline, Limit).Value.Replace(">919552<", $">{PhysicalDevice.TargetSize >> 10}<", StringComparison.Ordinal);

    /// <summary>The domain of a VM with NVDIMMs at these paths.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="paths">The device files.</param>
    /// <param name="size">The target size in bytes.</param>
    public static string Of(ModelVm vm, IEnumerable<string> paths, long size = PhysicalDevice.TargetSize)
    {
        var elements = string.Concat(paths.Select((path, number) => Element
            .Replace("/dev/pmem0", path, StringComparison.Ordinal)
            .Replace($">{PhysicalDevice.TargetSize >> 10}<", $">{size >> 10}<", StringComparison.Ordinal)
            .Replace("ua-c7f9c118", $"ua-c7f9c11{number}", StringComparison.Ordinal)));
        var domain = elements.Length == 0 ? Without : Regex.Replace(One, Pattern, elements, RegexOptions.Singleline, Limit);
        return domain.Replace("<name>pmem-vm<", $"<name>{vm.Name}<", StringComparison.Ordinal).Replace(HookHost.VmId, vm.Id, StringComparison.Ordinal);
    }
}
