using Nvdimm.DevEngine.Fields;
using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine;

namespace Nvdimm.DevEngine.Resources;

/// <summary>The host devices of a VM (oVirt Engine 4.5, <c>BackendVmHostDevicesResource</c>).</summary>
internal static class VmHostDevicesResource
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/vms/{vm}/hostdevices");
        api.MapEntity("/vms/{vm}/hostdevices/{device}");
        api.MapPost("/vms/{vm}/hostdevices", AddAsync);
        api.MapDelete("/vms/{vm}/hostdevices/{device}", RemoveAsync);
    }

    public static ApiObject List(VmParts vm) =>
        ApiObject.Collection("host_devices", "host_device", vm.HostDevices.Select(device => View(vm, device)));

    public static ApiObject Find(VmParts vm, string name) =>
        View(vm, vm.HostDevices.FirstOrDefault(device => device.Name == name) ?? throw ApiFaultException.NotFound("host device", name));

    private static ApiObject View(VmParts vm, VmHostDeviceRow device) => ApiObject
        .Reference("host_device", ApiPaths.VmHostDevice(vm.Id, device.Name), HostDeviceId.FromName(device.Name))
        .Text("name", device.Name)
        .Text("capability", device.Capability)
        .Child(vm.Pins is [var host] ? HostsResource.Reference(host.Id) : null)
        .Child(VmsResource.Reference(vm.Id));

    private static async Task<IResult> AddAsync(
        string vm, HttpRequest request, HostDeviceOperations operations, EngineDatabase database, HttpContext context,
        CancellationToken cancellationToken)
    {
        var input = await ApiBody.ReadAsync(request, BodyFields.HostDevice, cancellationToken);
        var name = input.Text("id") is { } id
            ? HostDeviceId.ToName(id) ?? throw ApiFaultException.BadValue($"'{id}' is no id of a host device.")
            : input.Text("name") ?? throw ApiFaultException.Incomplete("HostDevice", "id|name", "add");
        var added = await operations.AttachAsync(vm, name, Endpoints.NameOf(context.User), cancellationToken);
        return ApiAnswer.Created(View(database.Read(session => session.Vm(vm)), added), request);
    }

    private static async Task<IResult> RemoveAsync(
        string vm, string device, HostDeviceOperations operations, HttpContext context, CancellationToken cancellationToken)
    {
        await operations.DetachAsync(vm, EntityReader.NameOf(device), Endpoints.NameOf(context.User), cancellationToken);
        return ApiAnswer.Done();
    }
}
