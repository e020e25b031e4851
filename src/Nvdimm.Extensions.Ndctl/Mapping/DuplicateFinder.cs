using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>Marks devices that cannot be told apart.</summary>
internal static class DuplicateFinder
{
    private const int MaximumOthersNamed = 8;

    public static void Mark(List<NvdimmDevice> devices)
    {
        foreach (var same in Groups(devices, device => device.Name, StringComparer.Ordinal))
        {
            foreach (var index in same)
            {
                devices[index] = devices[index].With(Finding.Error(NvdimmCodes.NdctlDuplicateDevice, ("device", devices[index].Name)));
            }
        }

        foreach (var same in Groups(devices, device => device.Uuid ?? Guid.Empty, EqualityComparer<Guid>.Default))
        {
            foreach (var index in same)
            {
                var others = string.Join(", ", same.Where(other => other != index).Take(MaximumOthersNamed).Select(other => devices[other].Name));
                devices[index] = devices[index].With(Finding.Error(
                    NvdimmCodes.DuplicateUuid, ("device", devices[index].Name), ("uuid", $"{devices[index].Uuid}"), ("others", others)));
            }
        }
    }

    /// <summary>The indexes of devices that share a key with another one; default keys count as none. Allocates little where nothing is shared.</summary>
    private static IEnumerable<List<int>> Groups<TKey>(List<NvdimmDevice> devices, Func<NvdimmDevice, TKey> keyOf, IEqualityComparer<TKey> comparer)
        where TKey : notnull
    {
        var seen = new HashSet<TKey>(devices.Count, comparer);
        var shared = new Dictionary<TKey, List<int>>(comparer);
        foreach (var device in devices)
        {
            var key = keyOf(device);
            if (!comparer.Equals(key, default) && !seen.Add(key))
            {
                shared[key] = [];
            }
        }

        for (var index = 0; shared.Count > 0 && index < devices.Count; index++)
        {
            if (shared.TryGetValue(keyOf(devices[index]), out var same))
            {
                same.Add(index);
            }
        }

        return shared.Values;
    }
}
