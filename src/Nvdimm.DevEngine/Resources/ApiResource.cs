using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The entry point of the API: the engine's version, and the links to all collections.</summary>
internal static class ApiResource
{
    private const string Any = "00000000-0000-0000-0000-000000000000";

    public static void Map(IEndpointRouteBuilder api) => api.MapEntity("/");

    public static (long Hosts, long Vms, long Running) Count(EngineSession session) => (
        session.Scalar<long>("SELECT count(*) FROM hosts"),
        session.Scalar<long>("SELECT count(*) FROM vms"),
        session.Scalar<long>("SELECT count(*) FROM vms WHERE host_id IS NOT NULL"));

    public static ApiObject View(DateTimeOffset now, (long Hosts, long Vms, long Running) count)
    {
        var api = new ApiObject("api")
            .Child(new ApiObject("product_info")
                .Text("name", "oVirt Engine")
                .Text("vendor", "Nvdimm.DevEngine")
                .Text("instance_id", Any)
                .Child(new ApiObject("version").Number("major", 4).Number("minor", 5).Number("build", 0).Number("revision", 0).Text(
                    "full_version", "4.5.0-nvdimm-devengine")))
            .Child(new ApiObject("summary")
                .Child(new ApiObject("storage_domains").Number("active", 0).Number("total", 0))
                .Child(new ApiObject("users").Number("active", 1).Number("total", 1))
                .Child(new ApiObject("hosts").Number("active", count.Hosts).Number("total", count.Hosts))
                .Child(new ApiObject("vms").Number("active", count.Running).Number("total", count.Vms)))
            .Child(new ApiObject("special_objects")
                .Child(TemplatesResource.Reference(TemplateRow.BlankId, "blank_template"))
                .Child(TagsResource.RootReference("root_tag")))
            .Moment("time", now);
        foreach (var collection in (string[])[
            "clusters", "datacenters", "events", "hosts", "jobs", "tags", "templates", "vms", .. EmptyCollections.Names])
        {
            api.Link(collection, ApiPaths.Of(collection));
        }

        foreach (var collection in new[] { "clusters", "datacenters", "events", "hosts", "jobs", "templates", "vms" })
        {
            api.Link($"{collection}/search", $"{ApiPaths.Of(collection)}?search={{query}}");
        }

        return api;
    }
}
