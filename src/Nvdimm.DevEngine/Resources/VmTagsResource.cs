using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The tags of a VM.</summary>
internal static class VmTagsResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/vms/{vm}/tags");
        api.MapEntity("/vms/{vm}/tags/{tag}");
        api.MapPost("/vms/{vm}/tags", AddAsync);
        api.MapDelete("/vms/{vm}/tags/{tag}", (string vm, string tag, EngineDatabase database) =>
            database.Write(session => session.RemoveVmTag(vm, tag)) > 0 ? ApiAnswer.Done() : throw ApiFaultException.NotFound("tag", tag));
    }

    public static ApiObject List(VmParts vm) => ApiObject.Collection("tags", "tag", vm.Tags.Select(tag => View(vm, tag)));

    public static ApiObject Find(VmParts vm, string id) => View(vm, vm.Tags.FirstOrDefault(tag => tag.Id == id) ?? throw ApiFaultException.NotFound("tag", id));

    private static ApiObject View(VmParts vm, TagRow tag) => ApiObject.Reference("tag", ApiPaths.Of("vms", vm.Id, "tags", tag.Id), tag.Id)
        .Text("name", tag.Name)
        .Text("description", tag.Description)
        .Child(VmsResource.Reference(vm.Id));

    private static async Task<IResult> AddAsync(string vm, HttpRequest request, EngineDatabase database, CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, cancellationToken);
        var (id, name) = (input.Text("id"), input.Text("name"));
        if (id is null && name is null)
        {
            throw ApiFaultException.Incomplete("Tag", "id|name", "add");
        }

        return ApiAnswer.Created(
            database.Write(session =>
            {
                var tag = (id is null ? session.TagNamed(name!) : session.Tag(id)) ?? throw ApiFaultException.NotFound("tag", id ?? name!);
                session.AddVmTag(session.Vm(vm).Id, tag.Id);
                return View(session.Vm(vm), tag);
            }),
            request);
    }
}
