using System.Buffers;
using System.Numerics;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Marks devices that cannot be told apart: they have the same name, UUID or device file.</summary>
internal static class DuplicateFinder
{
    private const int MaximumOthersNamed = 8;

    public static void Mark(List<NvdimmDevice> devices)
    {
        Mark(devices, device => device.Name, StringComparer.Ordinal, (device, _) =>
            Finding.Error(NvdimmCodes.NdctlDuplicateDevice, ("device", device.Name)));
        Mark(devices, device => device.Uuid, UuidComparer.Instance, (device, others) =>
            Finding.Error(NvdimmCodes.DuplicateUuid, ("device", device.Name), ("uuid", $"{device.Uuid}"), ("others", others)));
        Mark(devices, device => device.Path, StringComparer.Ordinal, (device, others) =>
            Finding.Error(NvdimmCodes.DuplicatePath, ("device", device.Name), ("path", device.Path!), ("others", others)));
    }

    private static void Mark<TKey>(
        List<NvdimmDevice> devices,
        Func<NvdimmDevice, TKey?> keyOf,
        IEqualityComparer<TKey?> comparer,
        Func<NvdimmDevice, string, Finding> finding)
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

    /// <summary>The indexes of devices that share a key with another device. Null keys are ignored.</summary>
    private static List<List<int>> Groups<TKey>(
        List<NvdimmDevice> devices, Func<NvdimmDevice, TKey?> keyOf, IEqualityComparer<TKey?> comparer)
    {
        var groups = new Dictionary<int, List<int>>();
        foreach (var (first, index) in Repeated(devices, keyOf, comparer))
        {
            (groups.TryGetValue(first, out var same) ? same : groups[first] = [first]).Add(index);
        }

        return [.. groups.Values];
    }

    /// <summary>
    /// Each device whose key an earlier device has, with the first device that has it. There is almost never one, and a listing can be
    /// long. A hash table in a rented array leaves nothing for the garbage collector, where a set would leave large arrays.
    /// </summary>
    private static List<(int First, int Index)> Repeated<TKey>(
        List<NvdimmDevice> devices, Func<NvdimmDevice, TKey?> keyOf, IEqualityComparer<TKey?> comparer)
    {
        var repeated = new List<(int First, int Index)>();
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)devices.Count * 2);
        var firsts = ArrayPool<int>.Shared.Rent(slots);
        firsts.AsSpan(0, slots).Clear();
        for (var index = 0; index < devices.Count; index++)
        {
            if (keyOf(devices[index]) is not { } key)
            {
                continue;
            }

            var slot = comparer.GetHashCode(key) & (slots - 1);
            while (firsts[slot] != 0 && !comparer.Equals(keyOf(devices[firsts[slot] - 1]), key))
            {
                slot = (slot + 1) & (slots - 1);
            }

            if (firsts[slot] == 0)
            {
                firsts[slot] = index + 1;
            }
            else
            {
                repeated.Add((firsts[slot] - 1, index));
            }
        }

        ArrayPool<int>.Shared.Return(firsts);
        return repeated;
    }
}
