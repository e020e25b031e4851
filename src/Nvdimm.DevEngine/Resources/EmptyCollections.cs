using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// Collections that a real engine has and that are always empty here. Clients read these before anything else (Ansible's dynamic inventory,
/// the SDK's examples), and accept an empty list.
/// </summary>
internal static class EmptyCollections
{
    private static readonly (string Collection, string Link, string Root, string Item)[] All =
    [
        ("vms", "affinitylabels", "affinity_labels", "affinity_label"),
        ("vms", "applications", "applications", "application"),
        ("vms", "cdroms", "cdroms", "cdrom"),
        ("vms", "diskattachments", "disk_attachments", "disk_attachment"),
        ("vms", "graphicsconsoles", "graphics_consoles", "graphics_console"),
        ("vms", "nics", "nics", "nic"),
        ("vms", "permissions", "permissions", "permission"),
        ("vms", "reporteddevices", "reported_devices", "reported_device"),
        ("vms", "sessions", "sessions", "session"),
        ("vms", "statistics", "statistics", "statistic"),
        ("vms", "watchdogs", "watchdogs", "watchdog"),
        ("hosts", "affinitylabels", "affinity_labels", "affinity_label"),
        ("hosts", "hooks", "hooks", "hook"),
        ("hosts", "networkattachments", "network_attachments", "network_attachment"),
        ("hosts", "nics", "host_nics", "host_nic"),
        ("hosts", "permissions", "permissions", "permission"),
        ("hosts", "statistics", "statistics", "statistic"),
        ("hosts", "storage", "host_storages", "host_storage"),
        ("clusters", "affinitygroups", "affinity_groups", "affinity_group"),
        ("clusters", "networks", "networks", "network"),
        ("clusters", "permissions", "permissions", "permission"),
        ("templates", "cdroms", "cdroms", "cdrom"),
        ("templates", "diskattachments", "disk_attachments", "disk_attachment"),
        ("templates", "nics", "nics", "nic"),
        ("templates", "permissions", "permissions", "permission"),
        ("templates", "tags", "tags", "tag"),
        ("datacenters", "permissions", "permissions", "permission"),
        ("datacenters", "storagedomains", "storage_domains", "storage_domain"),
    ];

    private static readonly (string Name, string Root, string Item)[] OfEngine =
    [
        ("affinitylabels", "affinity_labels", "affinity_label"),
        ("disks", "disks", "disk"),
        ("instancetypes", "instance_types", "instance_type"),
        ("networks", "networks", "network"),
        ("storagedomains", "storage_domains", "storage_domain"),
        ("vmpools", "vm_pools", "vm_pool"),
        ("vnicprofiles", "vnic_profiles", "vnic_profile"),
    ];

    /// <summary>The collections of the engine itself.</summary>
    public static IEnumerable<string> Names => OfEngine.Select(collection => collection.Name);

    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var (collection, link, _, _) in All)
        {
            api.MapEntity($"/{collection}/{{id}}/{link}");
        }

        foreach (var (name, _, _) in OfEngine)
        {
            api.MapEntity($"/{name}");
        }
    }

    /// <summary>Adds an entity's links to its empty collections; a followed collection gets the name of its field.</summary>
    public static ApiObject Link(ApiObject view, string collection, string href)
    {
        foreach (var (_, link, root, _) in All.Where(empty => empty.Collection == collection))
        {
            view.Link(link, $"{href}/{link}", root);
        }

        return view;
    }

    /// <summary>The empty list at a path; null if there is none.</summary>
    public static ApiObject? Find(string[] parts) => parts switch
    {
        [var name] when OfEngine.FirstOrDefault(empty => empty.Name == name) is { Root: { } root } found =>
            ApiObject.Collection(root, found.Item, []),
        [var of, _, var link] when All.FirstOrDefault(empty => empty.Collection == of && empty.Link == link) is { Root: { } root } found =>
            ApiObject.Collection(root, found.Item, []),
        _ => null,
    };
}
