using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
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

        foreach (var same in Groups(devices, device => device.Uuid ?? Guid.Empty, UuidComparer.Instance))
        {
            foreach (var index in same)
            {
                var others = string.Join(", ", same.Where(other => other != index).Take(MaximumOthersNamed).Select(other => devices[other].Name));
                devices[index] = devices[index].With(Finding.Error(
                    NvdimmCodes.DuplicateUuid, ("device", devices[index].Name), ("uuid", $"{devices[index].Uuid}"), ("others", others)));
            }
        }
    }

    /// <summary>The indexes of devices that share a key with another one; default keys count as none.</summary>
    private static IEnumerable<List<int>> Groups<TKey>(List<NvdimmDevice> devices, Func<NvdimmDevice, TKey> keyOf, IEqualityComparer<TKey> comparer)
        where TKey : notnull
    {
        var shared = new Dictionary<TKey, List<int>>(comparer);
        FindShared(devices, keyOf, comparer, key => shared[key] = []);
        for (var index = 0; shared.Count > 0 && index < devices.Count; index++)
        {
            if (shared.TryGetValue(keyOf(devices[index]), out var same))
            {
                same.Add(index);
            }
        }

        return shared.Values;
    }

    /// <summary>
    /// Tells every key that an earlier device has, too. Nearly always there is none: a hash table of rented numbers,
    /// open to the next free slot, leaves nothing to collect.
    /// </summary>
    private static void FindShared<TKey>(List<NvdimmDevice> devices, Func<NvdimmDevice, TKey> keyOf, IEqualityComparer<TKey> comparer, Action<TKey> found)
        where TKey : notnull
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)devices.Count * 2);
        var table = ArrayPool<int>.Shared.Rent(slots);
        table.AsSpan(0, slots).Clear();
        for (var index = 0; index < devices.Count; index++)
        {
            var key = keyOf(devices[index]);
            if (comparer.Equals(key, default))
            {
                continue;
            }

            var slot = comparer.GetHashCode(key) & (slots - 1);
            while (table[slot] != 0 && !comparer.Equals(keyOf(devices[table[slot] - 1]), key))
            {
                slot = (slot + 1) & (slots - 1);
            }

            if (table[slot] != 0)
            {
                found(key);
            }

            table[slot] = index + 1;
        }

        ArrayPool<int>.Shared.Return(table);
    }

    /// <summary>Guid's own hash is known to everybody, so that a hostile listing could make all of its uuids collide; this one is seeded.</summary>
    private sealed class UuidComparer : IEqualityComparer<Guid>
    {
        public static UuidComparer Instance { get; } = new();

        public bool Equals(Guid x, Guid y) => x == y;

        public int GetHashCode(Guid obj)
        {
            var halves = MemoryMarshal.Cast<Guid, long>(new ReadOnlySpan<Guid>(in obj));
            return HashCode.Combine(halves[0], halves[1]);
        }
    }
}
