using System.Globalization;
using System.Text.Json;
using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Page;

namespace Nvdimm.DevEngine.Hosts;

/// <summary>The regions of the hosts: those of captures from <c>ndctl list -R</c>, those of this machine from sysfs.</summary>
internal sealed class MemoryRegions(DevEngineOptions options)
{
    private const string SysfsDevices = "/sys/bus/nd/devices";

    /// <summary>The regions of a host, ordered by name, each with its devices in the order of their names.</summary>
    /// <param name="host">The host.</param>
    /// <param name="devices">
    /// The host's devices. If a device's region is not listed, a region with the total size of its devices is assumed.
    /// </param>
    /// <exception cref="IOException">sysfs cannot be read.</exception>
    public IEnumerable<MemoryRegion> Read(HostRow host, IEnumerable<NvdimmDevice> devices) => MemoryRegion.Of(
        devices, HostSources.CaptureOf(host.Source) is { } capture ? OfCapture(capture) : options.UsesNdctl ? OfSysfs() : []);

    private static IEnumerable<MemoryRegion> OfCapture(string capture)
    {
        using var stream = Resource.Open($"regions/{capture}")!;
        using var document = JsonDocument.Parse(stream);
        return [.. OfJson(document.RootElement)];
    }

    /// <summary>The regions at any depth: they are inside buses if the listing has buses.</summary>
    private static IEnumerable<MemoryRegion> OfJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(OfJson),
        JsonValueKind.Object when element.TryGetProperty("available_size", out var available) =>
            [new MemoryRegion(element.GetProperty("dev").GetString()!, Bytes(element.GetProperty("size")), Bytes(available), [])],
        JsonValueKind.Object when element.TryGetProperty("regions", out var regions) => OfJson(regions),
        _ => [],
    };

    private static ByteSize Bytes(JsonElement number) => ByteSize.FromBytes(number.GetInt64());

    private static IEnumerable<MemoryRegion> OfSysfs() => !Directory.Exists(SysfsDevices)
        ? []
        : Directory.EnumerateDirectories(SysfsDevices, "region*").Select(folder =>
            new MemoryRegion(
                Path.GetFileName(folder), Bytes(Path.Combine(folder, "size")), Bytes(Path.Combine(folder, "available_size")), []));

    private static ByteSize Bytes(string file) =>
        ByteSize.FromBytes(long.Parse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture));
}
