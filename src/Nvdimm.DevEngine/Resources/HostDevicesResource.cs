using Nvdimm.DevEngine.Operations;
using Nvdimm.DevEngine.Storage;
using Nvdimm.DevEngine.Wire;
using Nvdimm.Extensions.Engine;
using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.DevEngine.Resources;

/// <summary>
/// The devices of a host: its root device, and those of the categories. As in the engine, a VM is shown only while it uses the device.
/// </summary>
internal static class HostDevicesResource
{
    private const string Root = "computer";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapEntity("/hosts/{host}/devices");
        api.MapEntity("/hosts/{host}/devices/{device}");
    }

    public static ApiObject List(IReadOnlyList<ApiObject> all) => ApiObject.Collection("host_devices", "host_device", all);

    public static ApiObject Find(IReadOnlyList<ApiObject> all, string device) =>
        all.FirstOrDefault(view => view.Attribute("id") == HostDeviceId.FromName(device))
            ?? throw ApiFaultException.NotFound("host device", device);

    /// <summary>The devices of a host.</summary>
    /// <exception cref="ApiFaultException">The host does not exist.</exception>
    public static async Task<IReadOnlyList<ApiObject>> AllAsync(
        EngineDatabase database, HostDeviceOperations operations, string id, CancellationToken cancellationToken)
    {
        var (host, inUse) = database.Read(session => (session.Host(id), session.HostDevicesInUse(id)));
        var listings = await operations.ListAsync(host, cancellationToken);
        var users = inUse.ToLookup(device => device.Name, device => device.VmId, StringComparer.Ordinal);
        return
        [
            Reference(id, Root).Text("name", Root).Text("capability", "system").Child(HostsResource.Reference(id)),
            .. listings.SelectMany(listing => listing.Devices).Select(device => View(id, device, users[device.Name].FirstOrDefault())),
        ];
    }

    private static ApiObject View(string host, HostDevice device, string? user) => Reference(host, device.Name)
        .Text("name", device.Name)
        .Text("capability", device.Capability)
        .Child(HostsResource.Reference(host))
        .Child(ApiObject.Reference("parent_device", ApiPaths.HostDevice(host, device.Parent), HostDeviceId.FromName(device.Parent))
            .Text("name", device.Parent))
        .Child(user is null ? null : VmsResource.Reference(user));

    private static ApiObject Reference(string host, string name) =>
        ApiObject.Reference("host_device", ApiPaths.HostDevice(host, name), HostDeviceId.FromName(name));
}
