using System.Text.Json;
using Nvdimm.DevEngine.Fields;

namespace Nvdimm.DevEngine.Storage;

/// <summary>The configuration of a VM that a snapshot keeps and a copy gets.</summary>
internal sealed record VmConfiguration
{
    /// <summary>The migration policy in the API's word.</summary>
    public string Affinity { get; init; } = "migratable";

    /// <summary>The memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>The maximum memory in bytes.</summary>
    public long MaxMemory { get; init; }

    /// <summary>The content of <see cref="VmSettings"/>, as JSON.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>The ids of the hosts that the VM is pinned to.</summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>The NUMA nodes, in order.</summary>
    public IReadOnlyList<NumaNodeRow> Nodes { get; init; } = [];

    /// <summary>The host devices.</summary>
    public IReadOnlyList<VmHostDeviceRow> Devices { get; init; } = [];

    /// <summary>The configuration of a VM.</summary>
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

    /// <summary>Reads a configuration from the database's JSON.</summary>
    public static VmConfiguration Read(string json) => JsonSerializer.Deserialize<VmConfiguration>(json)!;

    /// <summary>The JSON for the database.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>A VM with this configuration in its columns.</summary>
    public VmRow Over(VmRow vm) => vm with { Affinity = Affinity, Memory = Memory, MaxMemory = MaxMemory, Settings = Settings };
}
