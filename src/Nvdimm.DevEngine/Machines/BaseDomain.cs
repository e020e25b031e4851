using System.Xml.Linq;
using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.DevEngine.Machines;

/// <summary>The domain of a VM, without host devices: the categories add these.</summary>
internal static class BaseDomain
{
    private const long KiB = 1024;

    /// <summary>The domain. It has neither disks nor networks, and its uuid is the VM's id.</summary>
    public static string Of(VmParts vm, string type)
    {
        var family = GuestArchitecture.FromName(vm.Cluster.Architecture).Family
            ?? throw new InvalidOperationException($"The cluster's architecture '{vm.Cluster.Architecture}' has no NVDIMMs");
        return new XElement(
            "domain",
            new XAttribute("type", type),
            new XElement("name", $"devengine-{vm.Id}"),
            new XElement("uuid", vm.Id),
            new XElement("title", vm.Name),
            new XElement("memory", new XAttribute("unit", "KiB"), vm.Row.Memory / KiB),
            new XElement("vcpu", Math.Max(1, vm.NumaNodes.Count)),
            new XElement("os", new XElement("type", new XAttribute("arch", vm.Cluster.Architecture), new XAttribute("machine", family.Machine), "hvm")),
            family.Acpi == AcpiNeed.Refused ? new XElement("features", new XElement("acpi")) : null,
            vm.NumaNodes.Count == 0 ? null : new XElement("cpu", new XElement("numa", vm.NumaNodes.Select(Cell))),
            new XElement("devices", new XElement("serial", new XAttribute("type", "null")))).ToString();
    }

    private static XElement Cell(NumaNodeRow node) => new(
        "cell",
        new XAttribute("id", node.Node),
        new XAttribute("cpus", node.Node),
        new XAttribute("memory", node.Memory / KiB),
        new XAttribute("unit", "KiB"));
}
