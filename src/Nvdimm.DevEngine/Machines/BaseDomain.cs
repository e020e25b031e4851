using System.Xml.Linq;
using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.DevEngine.Machines;

/// <summary>Makes the domain of a VM without host devices, which the categories add.</summary>
internal static class BaseDomain
{
    private const long KiB = 1024;

    /// <summary>
    /// The domain. It has neither disks nor networks, and its uuid is the VM's id. Without configured NUMA nodes it has the one node that
    /// the engine creates, with all the memory. The engine adds devices to the VM's maximum memory (oVirt Engine 4.5,
    /// <c>LibvirtVmXmlBuilder.writeMaxMemory</c>).
    /// </summary>
    public static string Of(VmParts vm, string type)
    {
        var nodes = vm.NumaNodes.Count > 0 ? vm.NumaNodes
            : [.. vm.StartNodes.Select(node => new NumaNodeRow
            {
                Node = node.Index,
                Memory = vm.Row.Memory,
                Cpus = string.Join(',', Enumerable.Range(0, vm.Settings.Cpus)),
            })];
        var cpus = Math.Max(vm.Settings.Cpus, nodes.SelectMany(node => node.CpuIds).DefaultIfEmpty().Max() + 1);
        var family = GuestArchitecture.FromName(vm.Cluster.Architecture).Family
            ?? throw new InvalidOperationException($"The cluster's architecture '{vm.Cluster.Architecture}' has no NVDIMMs");
        return new XElement(
            "domain",
            new XAttribute("type", type),
            new XElement("name", $"devengine-{vm.Id}"),
            new XElement("uuid", vm.Id),
            new XElement("title", vm.Name),
            nodes.Count == 0 || vm.Row.MaxMemory == vm.Row.Memory
                ? null
                : new XElement(
                    "maxMemory", new XAttribute("slots", DomainMemory.Slots), new XAttribute("unit", "KiB"), vm.Row.MaxMemory / KiB),
            new XElement("memory", new XAttribute("unit", "KiB"), vm.Row.Memory / KiB),
            new XElement("vcpu", cpus),
            new XElement("os", new XElement(
                "type", new XAttribute("arch", vm.Cluster.Architecture), new XAttribute("machine", family.Machine), "hvm")),
            family.Acpi == AcpiNeed.Refused ? new XElement("features", new XElement("acpi")) : null,
            nodes.Count == 0 ? null : new XElement("cpu", new XElement("numa", nodes.Select(Cell))),
            new XElement("devices", new XElement("serial", new XAttribute("type", "null")))).ToString();
    }

    private static XElement Cell(NumaNodeRow node) => new(
        "cell",
        new XAttribute("id", node.Node),
        node.Cpus.Length == 0 ? null : new XAttribute("cpus", node.Cpus),
        new XAttribute("memory", node.Memory / KiB),
        new XAttribute("unit", "KiB"));
}
