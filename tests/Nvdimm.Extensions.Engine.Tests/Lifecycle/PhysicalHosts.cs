using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Lifecycle;

/// <summary>Devices that are in hosts under names that change, and what the engine has heard of them.</summary>
internal sealed class PhysicalHosts(InMemoryEngine engine)
{
    private const int LastSlot = 5;

    private static readonly int[] Home = [0, 0, 0, 1, 1];

    private readonly FakeInventory inventory = new();
    private readonly (int Host, int Slot)[] places = [.. Home.Select((host, device) => (host, device))];
    private readonly bool[] isDisabled = new bool[Home.Length];

    public INvdimmInventory Inventory => inventory;

    public static int Devices => Home.Length;

    public static Guid Uuid(int device) => EngineSamples.Device(100 + device).Uuid!.Value;

    public static string HostId(int host) => $"h{host + 1}";

    public string Name(int device) => $"namespace{places[device].Slot}.0";

    public int HostOf(int device) => places[device].Host;

    /// <summary>The device that bears a name on a host; null where none does.</summary>
    public int? Bearer(string? hostId, string name)
    {
        for (var device = 0; device < Home.Length; device++)
        {
            if (HostId(places[device].Host) == hostId && Name(device) == name)
            {
                return device;
            }
        }

        return null;
    }

    public void Begin()
    {
        Say();
        Report(0);
        Report(1);
    }

    /// <summary>The kernel numbers the devices of a host anew.</summary>
    public void Renumber(int host, int turn)
    {
        for (var device = 0; device < Home.Length; device++)
        {
            if (places[device].Host == host)
            {
                places[device].Slot = turn % 2 == 0 ? (places[device].Slot + 1 + turn) % (LastSlot + 1) : LastSlot - places[device].Slot;
            }
        }

        Say();
    }

    public void Move(int device, int host)
    {
        var free = Enumerable.Range(0, LastSlot + 1).First(slot => !places.Contains((host, slot)));
        places[device] = (host, free);
        Say();
    }

    public void Disable(int device, bool disabled)
    {
        isDisabled[device] = disabled;
        Say();
    }

    /// <summary>Every device at home and in order.</summary>
    public void Heal()
    {
        Array.Clear(isDisabled);
        for (var device = 0; device < Home.Length; device++)
        {
            if (places[device].Host != Home[device])
            {
                Move(device, Home[device]);
            }
        }

        Begin();
    }

    public static int HomeOf(int device) => Home[device];

    public void Silence(int host) => inventory.Set(HostId(host), null);

    /// <summary>The host tells of all devices but one.</summary>
    public void SayInPart(int host, int but) => inventory.Set(HostId(host), Listed(host, device => device != but) with { IsComplete = false });

    public void Say()
    {
        inventory.Set("h1", Listed(0, _ => true));
        inventory.Set("h2", Listed(1, _ => true));
    }

    public void Report(int host, bool isEmpty = false) => engine.ReportHost(
        new OvirtHost(HostId(host), $"host{host + 1}"),
        isEmpty ? [] : [.. Enumerable.Range(0, Home.Length).Where(device => places[device].Host == host).Select(Name).Order(StringComparer.Ordinal)]);

    private NvdimmInventory Listed(int host, Func<int, bool> isTold) => new(Enumerable.Range(0, Home.Length)
        .Where(device => places[device].Host == host && isTold(device))
        .Select(Described)
        .ToValueList())
    {
        Selinux = SelinuxState.Permissive,
    };

    private NvdimmDevice Described(int device) => EngineSamples.Device(100 + device) with
    {
        Name = Name(device),
        Path = $"/dev/pmem{places[device].Slot}",
        Label = $"data{device}",
        IsDisabled = isDisabled[device],
    };
}
