using System.Text.RegularExpressions;
using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Operations;

/// <summary>Reads and checks the fields of a VM or template that are no settings.</summary>
internal static partial class VmInput
{
    /// <summary>oVirt Engine 4.5, <c>BusinessEntitiesDefinitions.VM_DESCRIPTION_SIZE</c>.</summary>
    private const int LongestDescription = 255;

    /// <summary>oVirt Engine 4.5, <c>VmCommonUtils.getMaxMemorySizeDefault</c>.</summary>
    private const long MemoryFactor = 4;

    public static string? Name(ApiInput input) => input.Text("name") is not { } name ? null : RequireName(name);

    public static string RequireName(string name) => NamePattern().IsMatch(name)
        ? name
        : throw ApiFaultException.BadValue("The name of a VM has up to 255 letters, digits, '.', '_' or '-'.");

    /// <summary>Refuses a configuration to import from where nothing is imported.</summary>
    public static void RequireNoConfiguration(ApiInput input, string what)
    {
        if (input.Find("initialization", "configuration") is not null)
        {
            throw ApiFaultException.BadValue($"The field 'initialization.configuration' creates a VM; {what}.");
        }
    }

    /// <summary>The description of the body; if it has none, the one of what is changed or copied, or none.</summary>
    public static string Description(ApiInput input, string otherwise = "") =>
        input.Find("description") is null ? otherwise : input.Limited(LongestDescription, "description") ?? "";

    /// <summary>
    /// Memory and maximum memory, those of a template or snapshot if the body has none. Memory without a maximum gets the default maximum
    /// (oVirt Engine 4.5, <c>BackendVmsResource.updateMaxMemoryIfUnspecified</c>).
    /// </summary>
    public static (long Memory, long Maximum) Memory(ApiInput input, VmConfiguration basis)
    {
        var memory = input.Number("memory");
        var byDefault = memory is { } own ? Math.Min(own, long.MaxValue / MemoryFactor) * MemoryFactor : basis.MaxMemory;
        return (memory ?? basis.Memory, input.Number("memory_policy", "max") ?? byDefault);
    }

    public static string? Affinity(ApiInput input) => input.Text("placement_policy", "affinity") is not { } affinity
        ? null
        : StatusWords.IsAffinity(affinity)
            ? affinity
            : throw ApiFaultException.BadValue($"'{affinity}' is no affinity: one of migratable, user_migratable, pinned.");

    /// <summary>
    /// The hosts of the placement policy. A policy without hosts ends the pinning (oVirt Engine 4.5, <c>VmBaseMapper</c>).
    /// </summary>
    public static List<HostRow>? Pins(EngineSession session, ApiInput input)
    {
        if (input.Find("placement_policy") is not { } placement)
        {
            return null;
        }

        if (placement.Find("hosts") is not { } hosts)
        {
            return [];
        }

        var allHosts = session.Hosts(Slice.All);
        return
        [
            .. hosts.Parts.Where(part => part.Name == "host").Select(part =>
                allHosts.FirstOrDefault(host => part.Text("id") is { } id ? host.Id == id : host.Name == part.Text("name"))
                    ?? throw ApiFaultException.NotFound("host", part.Text("id") ?? part.Text("name") ?? "without id and name")).Distinct(),
        ];
    }

    /// <summary>The cluster of the body; null if it names none.</summary>
    /// <exception cref="ApiFaultException">The cluster does not exist.</exception>
    public static ClusterRow? Cluster(EngineSession session, ApiInput input)
    {
        var (id, name) = (input.Text("cluster", "id"), input.Text("cluster", "name"));
        return id is null && name is null
            ? null
            : session.Clusters(Slice.All).FirstOrDefault(cluster => id is null ? cluster.Name == name : cluster.Id == id)
                ?? throw ApiFaultException.NotFound("cluster", id ?? name!);
    }

    /// <summary>The cluster of a new VM.</summary>
    /// <exception cref="ApiFaultException">The body names no cluster, or the cluster does not exist.</exception>
    public static ClusterRow RequireCluster(EngineSession session, ApiInput input) =>
        Cluster(session, input) ?? throw ApiFaultException.Incomplete("Vm", "cluster.id|name", "add");

    /// <summary>
    /// Refuses hosts of another cluster (oVirt Engine 4.5, <c>AddVmCommand.validate</c>,
    /// <c>VmHandler.validateDedicatedVdsExistOnSameCluster</c>).
    /// </summary>
    public static void RequireSameCluster(IEnumerable<HostRow> pins, ClusterRow cluster, string type = "VM")
    {
        if (pins.Any(host => host.ClusterId != cluster.Id))
        {
            throw ApiFaultException.Conflict(
                $"Cannot add {type}. VM is pinned to a specific host. "
                + "The host's cluster must be the same as the selected VM cluster.");
        }
    }

    public static void RequireFree(EngineSession session, string name, string action)
    {
        if (session.IsVmName(name))
        {
            throw ApiFaultException.Conflict(
                $"Cannot {action} VM. The VM name is already in use, please choose a unique name and try again.");
        }
    }

    public static void RequireMemory(VmRow vm)
    {
        const long MiB = 1 << 20;
        if (vm.Memory < MiB || vm.Memory % MiB != 0 || vm.MaxMemory < vm.Memory || vm.MaxMemory % MiB != 0)
        {
            throw ApiFaultException.BadValue("The memory of a VM and its maximum are whole MiB, and the maximum is not smaller.");
        }
    }

    /// <summary>
    /// Checks CPUs and memory as oVirt Engine 4.5, <c>VmHandler.validateCpuAndMemory</c>; the limits are those of cluster version 4.7.
    /// </summary>
    public static void RequireSettings(VmRow vm, ClusterRow cluster, VmSettings settings, string action, string type = "VM")
    {
        const int MostCpusOfX86 = 710;
        const int MostCpus = 384;
        if (settings.Kept.Number("memory_policy", "guaranteed") > vm.Memory)
        {
            throw ApiFaultException.BadValue($"Cannot {action} {type}. Physical Memory Guaranteed cannot exceed Memory Size.");
        }

        if (settings.Cpus is < 1 or > MostCpusOfX86 || settings.Cpus > (cluster.Architecture == "x86_64" ? MostCpusOfX86 : MostCpus))
        {
            throw ApiFaultException.BadValue($"Cannot {action} {type}. Maximum number of CPUs exceeded.");
        }
    }

    /// <summary>
    /// Refuses disks for a new VM: the oVirt Engine finds them among the disks of the template, which has none here (oVirt Engine 4.5,
    /// <c>BackendVmsResource.getDisksToClone</c>). The engine ignores an attachment without the disk's id.
    /// </summary>
    public static void RequireNoDisks(ApiInput input)
    {
        if (input.All("disk_attachments", "disk_attachment").Select(sent => sent.Text("disk", "id")).FirstOrDefault(id => id is not null)
            is { } disk)
        {
            throw ApiFaultException.NotFound("disk", disk);
        }
    }

    public static void RequireNode(VmParts vm, NumaNodeRow node)
    {
        if (node.Memory == 0)
        {
            throw ApiFaultException.BadValue("Every Virtual NUMA node has memory.");
        }

        if (vm.NumaNodes.Where(other => other.Node != node.Node).SelectMany(other => other.CpuIds).Intersect(node.CpuIds).Any())
        {
            throw ApiFaultException.BadValue("Each vCPU belongs to one Virtual NUMA node at most.");
        }
    }

    [GeneratedRegex(@"\A[\p{L}\p{Nd}._-]{1,255}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
