using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>Marks devices that cannot be told apart.</summary>
internal static class DuplicateFinder
{
    public static void Mark(List<NvdimmDevice> devices)
    {
        foreach (var same in Groups(devices, device => device.Name))
        {
            foreach (var index in same)
            {
                devices[index] = devices[index].With(Finding.Error(NvdimmCodes.NdctlDuplicateDevice, ("device", devices[index].Name)));
            }
        }

        foreach (var same in Groups(devices, device => device.Uuid))
        {
            foreach (var index in same)
            {
                var others = string.Join(", ", same.Where(other => other != index).Take(8).Select(other => devices[other].Name));
                devices[index] = devices[index].With(Finding.Error(
                    NvdimmCodes.DuplicateUuid, ("device", devices[index].Name), ("uuid", $"{devices[index].Uuid}"), ("others", others)));
            }
        }
    }

    /// <summary>The indexes of devices that share a key with another one.</summary>
    private static List<List<int>> Groups<TKey>(List<NvdimmDevice> devices, Func<NvdimmDevice, TKey?> key)
    {
        var groups = new Dictionary<object, List<int>>();
        for (var index = 0; index < devices.Count; index++)
        {
            if (key(devices[index]) is { } value)
            {
                (groups.TryGetValue(value, out var same) ? same : groups[value] = []).Add(index);
            }
        }

        return [.. groups.Values.Where(same => same.Count > 1)];
    }
}
