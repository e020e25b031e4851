using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Input;

/// <summary>Reads a VM from a VM file.</summary>
internal static class VmReader
{
    /// <summary>Reads the object at the reader's position.</summary>
    public static VmOfFile Read(StrictJsonReader json)
    {
        var name = "";
        var vm = new VmDescription { Name = "" };
        var isUefi = false;
        var maxVcpus = 1;
        var canPlugCpus = true;
        ByteSize? labelSize = null;
        json.Object(
            required: "name",
            ("name", () => name = json.Text()),
            ("architecture", () => vm = vm with { Architecture = GuestArchitecture.FromName(Architecture(json)) }),
            ("status", () => vm = vm with { Status = json.Word(EnumWords.Statuses) }),
            ("affinity", () => vm = vm with { Affinity = json.Word(EnumWords.Affinities) }),
            ("pinnedHosts", () => vm = vm with { PinnedHosts = json.Array(json.Text) }),
            ("numaNodes", () => vm = vm with { NumaNodes = json.Array(() => NumaNode(json)) }),
            ("memory", () => vm = vm with { Memory = json.Size() }),
            ("maxMemory", () => vm = vm with { MaxMemory = json.Size() }),
            ("memoryDevices", () => vm = vm with { MemoryDevices = json.Number() }),
            ("memorySlots", () => vm = vm with { MemorySlots = json.Number() }),
            ("maxVcpus", () => maxVcpus = json.Number()),
            ("cpuHotPlug", () => canPlugCpus = json.Flag()),
            ("uefi", () => isUefi = json.Flag()),
            ("labelSize", () => labelSize = json.Size()),
            ("nvdimms", () => vm = vm with { Nvdimms = json.Array(() => Nvdimm(json)) }),
            ("expectedNvdimms", () => vm = vm with { ExpectedNvdimms = json.Array(() => Nvdimm(json)) }));
        var nodes = GuestNumaNode.OfEngine(vm.NumaNodes, vm.Memory, vm.MaxMemory, canPlugCpus);
        return new VmOfFile(vm with { Name = name, NumaNodes = nodes }, isUefi, maxVcpus) { LabelSize = labelSize };
    }

    private static string Architecture(StrictJsonReader json) =>
        json.Text() is var text && !string.IsNullOrWhiteSpace(text) ? text : throw json.Bad($"'{json.Path}' is blank, not an architecture");

    private static GuestNumaNode NumaNode(StrictJsonReader json)
    {
        var index = 0;
        var cpus = 0;
        ValueList<int> hostNodes = [];
        json.Object(
            required: "index",
            ("index", () => index = json.Number()),
            ("cpus", () => cpus = json.Number()),
            ("hostNodes", () => hostNodes = json.Array(json.Number)));
        return new GuestNumaNode(index, hostNodes) { Cpus = cpus };
    }

    private static AttachedNvdimm Nvdimm(StrictJsonReader json)
    {
        var name = "";
        Guid? uuid = null;
        json.Object(
            required: "name",
            ("name", () => name = json.Text()),
            ("uuid", () => uuid = json.Uuid()));
        return new AttachedNvdimm(name, uuid);
    }
}
