using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>Marks devices that cannot be told apart: of the same name, uuid or device file.</summary>
internal static class DuplicateFinder
{
    private const int MaximumOthersNamed = 8;

    public static void Mark(List<NvdimmDevice> devices)
    {
        Mark(devices, device => device.Name, StringComparer.Ordinal, (device, _) => Finding.Error(NvdimmCodes.NdctlDuplicateDevice, ("device", device.Name)));
        Mark(devices, device => device.Uuid ?? Guid.Empty, EqualityComparer<Guid>.Default, (device, others) =>
            Finding.Error(NvdimmCodes.DuplicateUuid, ("device", device.Name), ("uuid", $"{device.Uuid}"), ("others", others)));
        Mark(devices, device => device.Path ?? "", StringComparer.Ordinal, (device, others) =>
            Finding.Error(NvdimmCodes.DuplicatePath, ("device", device.Name), ("path", device.Path!), ("others", others)));
    }

    private static void Mark<TKey>(
        List<NvdimmDevice> devices, Func<NvdimmDevice, TKey> keyOf, IEqualityComparer<TKey> comparer, Func<NvdimmDevice, string, Finding> finding)
        where TKey : notnull
    {
        foreach (var same in Groups(devices, keyOf, comparer))
        {
            foreach (var index in same)
            {
                var others = same.Where(other => other != index).Take(MaximumOthersNamed).Select(other => devices[other].Name);
                devices[index] = devices[index].With(finding(devices[index], string.Join(", ", others)));
            }
        }
    }

    /// <summary>The indexes of devices that share a key with another one; an empty key counts as none.</summary>
    private static IEnumerable<List<int>> Groups<TKey>(List<NvdimmDevice> devices, Func<NvdimmDevice, TKey> keyOf, IEqualityComparer<TKey> comparer)
        where TKey : notnull
    {
        var seen = new HashSet<TKey>(devices.Count, comparer);
        var shared = new Dictionary<TKey, List<int>>(comparer);
        foreach (var key in devices.Select(keyOf))
        {
            if (key is not (string { Length: 0 }) && !comparer.Equals(key, default) && !seen.Add(key))
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
