using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The tags of VMs and of hosts.</summary>
internal static class AssignedTags
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "vms", (session, vm, tag) => session.AddVmTag(session.Vm(vm).Id, tag), RecordQueries.RemoveVmTag);
        Map(api, "hosts", (session, host, tag) => session.AddHostTag(session.Host(host).Id, tag), RecordQueries.RemoveHostTag);
    }

    /// <summary>The tags of a VM.</summary>
    public static ApiObject List(VmParts vm) => ApiObject.Collection("tags", "tag", vm.Tags.Select(tag => View("vms", vm.Id, tag)));

    /// <summary>A tag of a VM.</summary>
    /// <exception cref="ApiFaultException">The VM does not have the tag.</exception>
    public static ApiObject Find(VmParts vm, string id) => Find("vms", vm.Id, vm.Tags, id);

    /// <summary>The tags of a host.</summary>
    public static ApiObject List(EngineSession session, HostRow host) =>
        ApiObject.Collection("tags", "tag", session.TagsOfHost(host.Id).Select(tag => View("hosts", host.Id, tag)));

    /// <summary>A tag of a host.</summary>
    /// <exception cref="ApiFaultException">The host does not have the tag.</exception>
    public static ApiObject Find(EngineSession session, HostRow host, string id) => Find("hosts", host.Id, session.TagsOfHost(host.Id), id);

    private static ApiObject Find(string collection, string owner, IEnumerable<TagRow> tags, string id) =>
        View(collection, owner, tags.FirstOrDefault(tag => tag.Id == id) ?? throw ApiFaultException.NotFound("tag", id));

    private static ApiObject View(string collection, string owner, TagRow tag) => ApiObject
        .Reference("tag", ApiPaths.Of(collection, owner, "tags", tag.Id), tag.Id)
        .Text("name", tag.Name)
        .Text("description", tag.Description)
        .Child(collection == "vms" ? VmsResource.Reference(owner) : HostsResource.Reference(owner));

    private static void Map(
        IEndpointRouteBuilder api, string collection,
        Func<EngineSession, string, string, int> add, Func<EngineSession, string, string, int> remove)
    {
        var pattern = $"/{collection}/{{owner}}/tags";
        api.MapEntity(pattern);
        api.MapEntity($"{pattern}/{{tag}}");
        api.MapPost(pattern, async (string owner, HttpRequest request, EngineDatabase database, CancellationToken cancellationToken) =>
        {
            var input = await ApiBody.ReadAsync(request, BodyFields.AssignedTag, cancellationToken);
            var (id, name) = (input.Text("id"), input.Text("name"));
            return id is null && name is null
                ? throw ApiFaultException.Incomplete("Tag", "id|name", "add")
                : ApiAnswer.Created(
                    database.Write(session =>
                    {
                        var tag = (id is null ? session.TagNamed(name!) : session.Tag(id))
                            ?? throw ApiFaultException.NotFound("tag", id ?? name!);
                        add(session, owner, tag.Id);
                        return View(collection, owner, tag);
                    }),
                    request);
        });
        api.MapDelete($"{pattern}/{{tag}}", (string owner, string tag, EngineDatabase database) =>
            database.Write(session => remove(session, owner, tag)) > 0 ? ApiAnswer.Done() : throw ApiFaultException.NotFound("tag", tag));
    }
}
