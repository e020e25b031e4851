using System.Text.Json;
using Nvdimm.DevEngine.Fields;

namespace Nvdimm.DevEngine.Storage;

/// <summary>What a VM is configured with: what a snapshot or a template keeps of it, and what a copy of it gets.</summary>
internal sealed record VmConfiguration
{
    /// <summary>Whether it may migrate, by the API's word.</summary>
    public string Affinity { get; init; } = "migratable";

    /// <summary>The memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The largest memory in bytes.</summary>
    public long MaxMemory { get; init; }

    /// <summary>What <see cref="VmSettings"/> keeps, as JSON.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>The ids of the hosts that it is pinned to.</summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>Its NUMA nodes, in order.</summary>
    public IReadOnlyList<NumaNodeRow> Nodes { get; init; } = [];

    /// <summary>Its host devices.</summary>
    public IReadOnlyList<VmHostDeviceRow> Devices { get; init; } = [];

    /// <summary>That of a VM.</summary>
    public static VmConfiguration Of(VmParts vm) => new()
    {
        Affinity = vm.Row.Affinity,
        Memory = vm.Row.Memory,
        MaxMemory = vm.Row.MaxMemory,
        Settings = vm.Row.Settings,
        Pins = [.. vm.Pins.Select(pin => pin.Id)],
        Nodes = vm.NumaNodes,
        Devices = vm.HostDevices,
    };

    /// <summary>One of the database.</summary>
    public static VmConfiguration Read(string json) => JsonSerializer.Deserialize<VmConfiguration>(json)!;

    /// <summary>For the database.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>A VM with this in place of its own columns.</summary>
    public VmRow Over(VmRow vm) => vm with { Affinity = Affinity, Memory = Memory, MaxMemory = MaxMemory, Settings = Settings };
}
